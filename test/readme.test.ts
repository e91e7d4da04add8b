import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rightsTable } from '../src/people/rights-table.ts';

const readme = resolve(import.meta.dirname, '../README.md');

test('the README prints the table of rights as the code has it', (context) => {
  if (!existsSync(readme)) context.skip('there is no README.md');
  // Editors align the columns of tables; the cells count.
  const cells = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/\|-+(?=\|)/g, '|---');
  expect(cells(readFileSync(readme, 'utf8'))).toContain(cells(rightsTable('en')));
});
