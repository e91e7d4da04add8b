import { cut } from '../text/cut.ts';
import { type AccountClass, accountClasses } from './account.ts';
import { searchKey } from './name.ts';

/** What a column of an imported file can be. */
export const importColumns = [
  ...(['name', 'code', 'class', 'owner', 'members', 'city', 'timeZone', 'otherNames', 'contacts'] as const),
];
export type ImportColumn = (typeof importColumns)[number];

/** Words that head a column, in both languages, compared without case, width, spaces and signs. */
const headings: Readonly<Record<ImportColumn, string>> = {
  name: 'name, account, account name, customer, customer name, company, company name, client, 名称, 客户, 客户名称, 客户名, 客户全称, 公司, 公司名称, 企业名称, 单位名称',
  code: 'code, account code, account number, account no, account id, customer code, customer number, customer no, customer id, number, no, 编码, 客户编码, 编号, 客户编号, 代码, 客户代码',
  class:
    'class, account class, customer class, category, grade, level, tier, 级别, 客户级别, 等级, 客户等级, 分类, 客户分类, 类别, 客户类别, 类型',
  owner:
    'owner, owner email, owner e-mail, account owner, account manager, sales rep, rep, responsible, email, 负责人, 负责人邮箱, 客户经理, 客户经理邮箱, 业务员, 销售, 销售负责人, 归属人, 邮箱',
  members: 'members, account team, team members, co owners, 团队成员, 客户团队, 协同人, 协同人员, 协作人',
  city: 'city, town, location, 城市, 所在城市, 所在地, 地区',
  timeZone: 'time zone, timezone, tz, 时区, 所在时区',
  otherNames:
    'other names, other name, aliases, alias, also known as, aka, short name, brand, 别名, 简称, 客户简称, 其他名称, 曾用名, 英文名, 英文名称',
  contacts: 'contacts, contact, contact person, contact name, 联系人, 客户联系人, 联系人姓名',
};

const columnOf = new Map(
  importColumns.flatMap((column) => headings[column].split(',').map((word) => [searchKey(word), column] as const)),
);

/** Where each known column stands, and the headings that nobody knows. */
export interface Header {
  at: ReadonlyMap<ImportColumn, number>;
  unknown: readonly string[];
  /** Two headings that mean the same. */
  twice: readonly [string, string] | null;
}

/** Reads the first row of a file. */
export function readHeader(cells: readonly string[]): Header {
  const at = new Map<ImportColumn, number>();
  const unknown: string[] = [];
  let twice: Header['twice'] = null;
  for (const [index, cell] of cells.entries()) {
    const column = columnOf.get(searchKey(cell));
    if (column === undefined) {
      if (cell.trim() !== '') unknown.push(cut(cell.trim(), 60));
    } else if (at.has(column)) twice ??= [cells[at.get(column) ?? 0] ?? '', cell];
    else at.set(column, index);
  }
  return { at, unknown, twice };
}

const classWords: Readonly<Record<AccountClass, string>> = {
  core: 'core, core customer, core account, a, 核心, 核心顾客, 核心客户, a类',
  corePotential: 'core potential, corepotential, potential, b, 核心潜在, 核心潜在顾客, 核心潜在客户, 潜在, b类',
  balanced: 'balanced, c, 兼顾, 兼顾顾客, 兼顾客户, c类',
  general: 'general, d, 一般, 一般顾客, 一般客户, 普通, d类',
};

const classOf = new Map(
  accountClasses.flatMap((name) => classWords[name].split(',').map((word) => [searchKey(word), name] as const)),
);

/** The class that a word means, in both languages; null when it means none. */
export const classMeant = (word: string): AccountClass | null => classOf.get(searchKey(word)) ?? null;
