import { v7 as uuid } from 'uuid';
import { importAccounts } from '../../src/accounts/importing.ts';
import { systemClock } from '../../src/clock.ts';
import type { Database } from '../../src/database.ts';

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const words = (line: string) => line.split(' ');
const cities = words('深圳 上海 北京 广州 杭州 苏州 重庆 成都 武汉 南京 天津 青岛 宁波 厦门 长沙 无锡');
const characters = [
  ...'华为中兴海天明德瑞丰达通科创新远东方正大同盛世宏图联合金山石油光学生物长江黄河泰安康宁和顺利祥云龙凤志诚信义美佳家乐福',
];
const trades = words('科技 电子 机械 汽车 医药 化工 贸易 电力 软件 物流 食品 建筑 材料 能源 精密仪器');
const forms = words('有限公司 股份有限公司 集团 集团有限公司 有限责任公司');
const syllables = words('ac me ber lin tech nor dan vo xi lo ka ri sto ne fel ga mo zu pre cis or bi ta el wex');
const latinTrades = words(
  'Tools Systems Logistics Foods Energy Pharma Motors Optics Chemicals Software Steel Textiles',
);
const latinForms = words('GmbH Ltd Inc AG Corp LLC SA BV');
const classes = words('core 核心潜在顾客 balanced 一般顾客');

/** A list of customers as a CSV file, half of them Chinese; the owners are taken in turn. */
export function customersFile(count: number, owners: readonly string[]): Buffer {
  const below = numbers(42);
  const pick = <T>(all: readonly T[]) => all[below(all.length)] as T;
  const names = new Set<string>(['华为技术有限公司', 'Acme Tools GmbH', 'Microsoft']);
  while (names.size < count) {
    const characterCount = 2 + below(2);
    const syllableCount = 2 + below(3);
    const made = (parts: readonly string[], length: number) => Array.from({ length }, () => pick(parts)).join('');
    const latin = made(syllables, syllableCount);
    names.add(
      below(2) === 0
        ? `${pick(cities)}${made(characters, characterCount)}${pick(trades)}${pick(forms)}`
        : `${latin.charAt(0).toUpperCase()}${latin.slice(1)} ${pick(latinTrades)} ${pick(latinForms)}`,
    );
  }
  const lines = ['客户名称,code,级别,负责人,city,time zone,别名'];
  for (const [index, name] of [...names].entries()) {
    const other = below(10) === 0 ? `${pick(syllables)}${index}` : '';
    lines.push(
      `${name},C${index},${pick(classes)},${owners[index % owners.length]},${pick(cities)},Asia/Shanghai,${other}`,
    );
  }
  return Buffer.from(lines.join('\n'));
}

/** An organisation with 200 account managers. */
export async function organizationOf(database: Database): Promise<{ id: string; people: string[]; emails: string[] }> {
  const id = uuid();
  await database.prisma.organization.create({ data: { id, name: 'Bench', setUpAt: new Date() } });
  const people = Array.from({ length: 200 }, () => uuid());
  const emails = people.map((_, index) => `person${index}@example.com`);
  await database.prisma.person.createMany({
    data: people.map((person, index) => ({
      organizationId: id,
      id: person,
      name: `Person ${index}`,
      timeZone: 'UTC',
      email: emails[index] ?? null,
    })),
  });
  return { id, people, emails };
}

/** Imports the file as an administrator would. Throws when a row is refused. */
export async function importFile(database: Database, organizationId: string, bytes: Uint8Array) {
  const request = { organizationId, bytes, personId: null, now: systemClock.now(), dryRun: false, skipBad: false };
  const result = await importAccounts(database, request);
  if (!result.ok || !result.stored)
    throw new Error(`the list was not imported: ${JSON.stringify(result).slice(0, 500)}`);
  return result;
}
