import type { accounts as en } from '../en/accounts.ts';

export const accounts: Record<keyof typeof en, string> = {
  'accounts.class.core': '核心顾客',
  'accounts.class.corePotential': '核心潜在顾客',
  'accounts.class.balanced': '兼顾顾客',
  'accounts.class.general': '一般顾客',
  'accounts.lookUp.add': '新增客户“{name}”',
};
