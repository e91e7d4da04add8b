import type { PersonSeed, WorkspaceSeed } from '../options.ts';

/** The demo's company sells measuring instruments, from Berlin and from Shanghai. */
export const organization = { name: 'Kestrel Instruments', locale: 'en', timeZone: 'Europe/Berlin', currency: 'EUR' };

const berlin = { tz: 'Europe/Berlin', locale: 'en-GB' };
const shanghai = { tz: 'Asia/Shanghai', locale: 'zh-CN' };

/** Who is in the workspace. The first runs sales and administers KAM. */
export const people = [
  {
    id: 'U0LINJING',
    name: 'lin.jing',
    realName: '林静',
    title: 'Head of Key Accounts 大客户总监',
    isAdmin: true,
    isOwner: true,
    ...shanghai,
  },
  { id: 'U0BECKER', name: 'anna.becker', realName: 'Anna Becker', title: 'Account Manager, DACH', ...berlin },
  { id: 'U0CARTER', name: 'tom.carter', realName: 'Tom Carter', title: 'Account Manager, UK & Nordics', ...berlin },
  { id: 'U0ROSSI', name: 'sofia.rossi', realName: 'Sofia Rossi', title: 'Account Manager, Southern Europe', ...berlin },
  { id: 'U0CHENWEI', name: 'chen.wei', realName: '陈伟', title: '大客户经理（华东）', ...shanghai },
  { id: 'U0WANGFANG', name: 'wang.fang', realName: '王芳', title: '大客户经理（华南）', ...shanghai },
  { id: 'U0LIQIANG', name: 'li.qiang', realName: '李强', title: '大客户经理（华北）', ...shanghai },
  { id: 'U0DUPONT', name: 'claire.dupont', realName: 'Claire Dupont', title: 'Sales Director, reads along', ...berlin },
  {
    id: 'U0GUEST',
    name: 'marco.partner',
    realName: 'Marco Vidal',
    title: 'Guest from a partner company',
    isGuest: true,
    ...berlin,
  },
].map((person) => ({ ...person, email: `${person.name}@kestrel.example` })) satisfies PersonSeed[];

export type UserId = string;

/** The two teams. Visits of the first are announced in its channel; the second announces nothing, as is the default. */
export const teams = [
  {
    name: 'Europe',
    manager: 'U0LINJING',
    members: ['U0BECKER', 'U0CARTER', 'U0ROSSI'],
    channel: 'C0EUROPE',
    announce: true,
    timeZone: 'Europe/Berlin',
    locale: 'en',
  },
  {
    name: '大中华区',
    manager: 'U0LINJING',
    members: ['U0CHENWEI', 'U0WANGFANG', 'U0LIQIANG'],
    channel: 'C0CHINA',
    announce: false,
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN',
  },
] as const;

export const observers: readonly UserId[] = ['U0DUPONT'];
export const BOT_USER = 'U0KAMBOT';

const everyone = [...people.filter((person) => person.id !== 'U0GUEST').map((person) => person.id), BOT_USER];

export const workspace: WorkspaceSeed = {
  team: { id: 'T0KESTREL', name: organization.name, domain: 'kestrel' },
  users: people,
  channels: [
    { id: 'C0GENERAL', name: 'general', topic: 'Company-wide news', members: [...everyone, 'U0GUEST'] },
    { id: 'C0EUROPE', name: 'sales-europe', topic: 'Key accounts in Europe', members: everyone },
    { id: 'C0CHINA', name: 'sales-china', topic: '大中华区重点客户', members: everyone },
    { id: 'C0SUPPORT', name: 'customer-support', topic: 'What customers tell support', members: [...everyone] },
  ],
};
