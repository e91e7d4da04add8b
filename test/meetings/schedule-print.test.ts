import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scheduleLines } from '../../src/meetings/schedule-printing.ts';
import { textIn } from '../../src/text/text.ts';
import { monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { startProgram } from '../support/process.ts';
import { aCompany, setUpWorld } from './set-up-world.ts';

const world = setUpWorld();

test('all teams of all organisations are printed, with every name', async () => {
  const { calls, north, south } = await aCompany(world);
  await aCompany(world);
  await world.press(calls.mia, 'meetings.usual', north.id);
  await world.press(calls.otto, 'meetings.usual', south.id);
  const lines = await scheduleLines(
    { ...world, calendar: world.days.calendar },
    { now: monday, days: 2, text: textIn('en') },
  );
  expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
    ...['Example Trading, North', 'Example Trading, South', 'Example Trading, North', 'Example Trading, South'],
  ]);
  expect(lines.slice(0, 4)).toEqual([
    'Example Trading, North',
    '  Mon 23 Nov · Morning meeting: 08:45 (Berlin) to Anna Berg',
    '  Mon 23 Nov · Sales meeting: 09:30 (Berlin) to Anna Berg and Ben Ode',
    '  Mon 23 Nov · Evening meeting: 17:45 (Shanghai) to Ben Ode; 17:45 (Berlin) to Anna Berg',
  ]);
  expect(lines).toContain(
    '  Tue 24 Nov · Morning meeting: nobody is asked; not asked: Anna Berg (asked in the Morning meeting of North)',
  );
  expect(lines).toContain('  Nothing is planned. Meetings are set up with /kam meeting.');
  const chinese = await scheduleLines(
    { ...world, calendar: world.days.calendar },
    { now: monday, days: 1, text: textIn('zh-CN') },
  );
  expect(chinese[1]).toBe('  11月23日周一 · 早会：08:45（德国时间）发给：Anna Berg');
});

test('kam preview prints it and is refused with days that are none', async () => {
  const database = await createTestDatabase();
  try {
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const kam = async (...args: string[]) => {
      const program = startProgram(cli, ['preview', ...args], { DATABASE_URL: database.url });
      return { output: await program.output(), code: program.child.exitCode };
    };
    expect(await kam('--days', '3')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing is planned.'),
    });
    for (const days of ['x', '0', '1.5', '400']) expect((await kam('--days', days)).code).toBe(2);
  } finally {
    await database.drop();
  }
});
