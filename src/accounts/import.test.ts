import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textIn } from '../text/text.ts';
import { colleagueFinder, isProblem, problemLine, readRow } from './import.ts';
import { classMeant, readHeader } from './import-columns.ts';
import { delimiterOf, readFile } from './import-file.ts';

const anna = { id: 'anna', name: 'Anna Berg', email: 'Anna@Example.com' };
const find = colleagueFinder([
  anna,
  { id: 'wang1', name: '王伟', email: 'w1@example.com' },
  { id: 'wang2', name: '王伟', email: null },
]);
const all = ['name', 'code', 'class', 'owner', 'members', 'city', 'time zone', 'other names', 'contacts'];
const header = readHeader(all);
const row = (cells: Record<string, string>) =>
  readRow(
    7,
    all.map((name) => cells[name] ?? ''),
    header,
    find,
  );
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the header', () => {
  it.each([
    ['客户名称', 'name'],
    ['名称', 'name'],
    ['Customer Name', 'name'],
    ['编码', 'code'],
    ['客户级别', 'class'],
    ['级别', 'class'],
    ['负责人邮箱', 'owner'],
    ['Owner E-Mail', 'owner'],
    ['城市', 'city'],
    ['时区', 'timeZone'],
    ['TIME_ZONE', 'timeZone'],
    ['别名', 'otherNames'],
    ['联系人', 'contacts'],
    ['ｎａｍｅ', 'name'],
  ])('%s means %s', (heading, column) => {
    expect([...readHeader([heading]).at.keys()]).toEqual([column]);
  });

  it('reports what it does not know, and what is there twice', () => {
    expect(readHeader(['name', 'Fax', '', '客户'])).toMatchObject({ unknown: ['Fax'], twice: ['name', '客户'] });
  });
});

describe('a row', () => {
  it('is repeated in a report without half a character, which no database takes', () => {
    const words = (length: number) => `${'x'.repeat(length)}😀 and more`;
    const problems = [row({ name: 'A', class: words(39) }), row({ name: 'A', members: words(39) })];
    for (const problem of problems) expect(JSON.stringify(problem)).not.toContain('\\ud83d');
    expect(problems.every((problem) => problem !== null && isProblem(problem))).toBe(true);
    expect(JSON.stringify(readHeader(['name', words(59)]))).not.toContain('\\ud83d');
  });

  it('is read with all its cells', () => {
    const cells = {
      name: ' 华为 ',
      code: 'C-1',
      class: '核心客户',
      owner: 'anna@example.COM',
      members: 'w1@example.com; Anna Berg',
      city: '深圳',
      'time zone': 'shanghai',
      'other names': 'Huawei;HW',
      contacts: '王总、Li Wei',
    };
    expect(row(cells)).toEqual({
      row: 7,
      name: '华为',
      code: 'C-1',
      class: 'core',
      ownerId: 'anna',
      memberIds: ['wang1', 'anna'],
      city: '深圳',
      timeZone: 'Asia/Shanghai',
      otherNames: ['Huawei', 'HW'],
      contacts: ['王总', 'Li Wei'],
    });
  });

  it.each([
    '=SUM(A1)',
    '+49 Tools',
    '-Minus-',
    '@home',
    '"quoted"',
    "'; DROP TABLE",
    '🚀 Rockets',
    'شركة النور',
    '‮evil',
  ])('takes %s as a name like any other', (name) => {
    const read = row({ name });
    expect(read && !isProblem(read) && read.name).toBe(name.replace(/[\u202a-\u202e]/g, ''));
  });

  it.each([
    [{ code: 'C' }, 'Row 7: the name is missing'],
    [{ name: '\u200b\u200b', code: 'C' }, 'Row 7: the name is missing'],
    [{ name: 'x'.repeat(10_000) }, 'Row 7: name has 10,000 characters; 120 fit'],
    [{ name: 'A', city: 'x'.repeat(81) }, 'Row 7: city has 81 characters; 80 fit'],
    [{ name: 'A', class: 'huge' }, 'Row 7: “huge” is none of the four classes'],
    [{ name: 'A', owner: 'nobody@example.com' }, 'Row 7: nobody here is called “nobody@example.com”'],
    [{ name: 'A', owner: '王伟' }, 'Row 7: several people are called “王伟”; use the e-mail address'],
    [{ name: 'A', members: 'Nobody' }, 'Row 7: nobody here is called “Nobody”'],
    [{ name: 'A', 'time zone': 'Mars/Base' }, 'Row 7: “Mars/Base” is not a time zone'],
    [{ name: 'A', 'other names': 'x'.repeat(121) }, 'Row 7: other names has 121 characters; 120 fit'],
    [{ name: 'A', contacts: 'x'.repeat(101) }, 'Row 7: contacts has 101 characters; 100 fit'],
  ])('says what is wrong: %o', (cells, sentence) => {
    const read = row(cells);
    expect(read && isProblem(read) ? problemLine(read, textIn('en')) : read).toBe(sentence);
  });

  it('says it in Chinese', () => {
    const read = row({ name: 'A', class: '超大' });
    expect(read && isProblem(read) && problemLine(read, textIn('zh-CN'))).toBe('第 7 行：“超大”不是四种级别之一');
  });

  it('that is empty is none', () => {
    expect(row({})).toBeNull();
    expect(readRow(2, [], header, find)).toBeNull();
  });

  it('never throws, whatever it says', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', ';', '、', '=1', '王伟'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
        const read = readRow(2, cells, header, find);
        if (read !== null && isProblem(read)) expect(problemLine(read, textIn('en'))).toContain('Row 2');
        else if (read !== null) expect(read.name).toBe(read.name.trim());
      }),
    );
  });
});

it.each([
  ['核心', 'core'],
  ['Core Potential', 'corePotential'],
  ['核心潜在顾客', 'corePotential'],
  ['兼顾客户', 'balanced'],
  ['GENERAL', 'general'],
  ['Ａ', 'core'],
  ['vip', null],
])('the class %s is %s', (word, expected) => {
  expect(classMeant(word)).toBe(expected);
});

describe('a file', () => {
  const gb18030 = new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0xbb, 0xaa, 0xce, 0xaa, 0x0a]);

  it('in GB18030 is understood', async () => {
    expect(await readFile(gb18030)).toEqual({ ok: true, rows: [['名称'], ['华为']] });
  });

  it.each([
    ['UTF-8', bytes('名称,编码\n华为,1\n')],
    ['UTF-8 with its mark', bytes('\ufeff名称,编码\n华为,1\n')],
    ['semicolons', bytes('名称;编码\n华为;1\n')],
    ['tabs', bytes('名称\t编码\r\n华为\t1\r\n')],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeff名称\t编码\r\n华为\t1\r\n', 'utf16le'))],
  ])('in %s is read', async (_, file) => {
    expect(await readFile(file)).toEqual({
      ok: true,
      rows: [
        ['名称', '编码'],
        ['华为', '1'],
      ],
    });
  });

  it('may have separators in quotes, and line breaks', async () => {
    expect(delimiterOf('"a,b,c,d";e;f\n')).toBe(';');
    expect(await readFile(bytes('name,city\n"A, ""B""\nC",X\n'))).toMatchObject({
      rows: [
        ['name', 'city'],
        ['A, "B"\nC', 'X'],
      ],
    });
  });

  it.each([
    ['', 'empty'],
    [' \n \n', 'empty'],
    ['name\n"open', 'quotes'],
    ['\u0000\u0001\u0002', 'encoding'],
  ])('that is none says so: %j', async (text, problem) => {
    expect(await readFile(bytes(text))).toMatchObject({ ok: false, problem });
  });

  it('of any bytes is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (file) => {
        expect(typeof (await readFile(file)).ok).toBe('boolean');
      }),
    );
  });

  it('gives back every cell that was written', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\u0000'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 10 }),
        fc.constantFrom(',', ';', '\t'),
        async (rows, delimiter) => {
          const lines = [['name', 'code'], ...rows].map((cells) =>
            cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter),
          );
          expect(await readFile(bytes(lines.join('\n')))).toEqual({ ok: true, rows: [['name', 'code'], ...rows] });
        },
      ),
    );
  });

  it('larger than a slice keeps its characters whole', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `客户🚀${index},1`);
    const read = await readFile(bytes(`name,code\n${rows.join('\n')}`));
    expect(read.ok && read.rows.slice(1).map((cells) => cells.join(','))).toEqual(rows);
  });
});
