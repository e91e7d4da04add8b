import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Chart } from '../../src/chat/card.ts';
import { createPainter, type PainterOptions } from '../../src/chat/pictures/painter.ts';
import { temporaryFolder } from '../support/folder.ts';

const chart = (more: Partial<Chart> = {}): Chart => ({
  kind: 'chart',
  draw: 'lines',
  title: 'Coverage',
  categories: ['1 Nov', '8 Nov'],
  series: [{ name: 'Core', values: [80, 90] }],
  unit: 'percent',
  alternative: 'Core: 80% on 1 Nov, 90% on 8 Nov.',
  ...more,
});

function painter(options?: PainterOptions) {
  const made = createPainter(options);
  onTestFinished(() => made.stop());
  return made;
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a chart becomes a small picture with 2.5 pixels for each of its own, and letters of both scripts', async () => {
  const { paint } = painter();
  const size = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];
  const pictures = await Promise.all(
    ['Core', 'Care', '核心顾客', '一般顾客'].map((name) => paint(chart({ series: [{ name, values: [80, 90] }] }))),
  );
  for (const png of pictures) {
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
    expect(size(png)).toEqual([1300, 800]);
    expect(png.length).toBeLessThan(150 * 1024);
  }
  // A letter that the font lacks would look like any other that it lacks.
  expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(4);
});

test('whatever is asked for becomes a picture of at most 150 KB', { timeout: 120_000 }, async () => {
  const { paint } = painter({ patience: 60_000 });
  const odd = fc.constantFrom(
    '',
    '<b>&"\'',
    '{a|b}',
    '\u0000\uD800',
    '👩‍👩‍👧‍👦',
    '\u202Eright',
    '核心顾客',
    'x'.repeat(3_000),
    '__proto__',
  );
  const value = fc.oneof(
    fc.constantFrom(null, 0, -1, 100, 1e-9, 1e14, 1e300, -Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY),
    fc.double(),
    fc.integer({ min: 0, max: 100 }),
  );
  const any: fc.Arbitrary<Chart> = fc.record({
    kind: fc.constant('chart' as const),
    draw: fc.constantFrom('bars' as const, 'stack' as const, 'lines' as const),
    title: odd,
    categories: fc.array(odd, { maxLength: 60 }),
    series: fc.array(fc.record({ name: odd, values: fc.array(value, { maxLength: 60 }) }), { maxLength: 12 }),
    unit: fc.constantFrom('percent' as const, 'number' as const),
    alternative: odd,
  });
  const far = chart({
    series: [[4, 4], [-Number.MAX_VALUE], [1e300]].map((values) => ({ name: '', values })),
  });
  await fc.assert(
    fc.asyncProperty(any, async (one) => {
      expect((await paint(one)).length).toBeLessThanOrEqual(150 * 1024);
    }),
    { numRuns: 25, examples: [[far]] },
  );
});

test('the process comes with the first picture, goes when it rests, and comes again', async () => {
  const made = painter({ rest: 50 });
  expect(made.process).toBeNull();
  await made.paint(chart());
  const first = made.process ?? 0;
  expect(isRunning(first)).toBe(true);
  await expect.poll(() => isRunning(first), { timeout: 10_000 }).toBe(false);
  expect(made.process).toBeNull();
  await made.paint(chart());
  expect(made.process).not.toBe(first);
});

test('what is being painted when the process is killed is refused, and the next picture is painted', async () => {
  const made = painter();
  await made.paint(chart());
  const painting = made.paint(chart());
  process.kill(made.process ?? 0, 'SIGKILL');
  await expect(painting).rejects.toThrow('has ended (SIGKILL)');
  expect((await made.paint(chart())).length).toBeGreaterThan(1_000);
});

test('a picture that takes too long is refused, and its process with it', async () => {
  const made = painter({ patience: 300, program: await program('process.on("message", () => undefined);') });
  const painting = made.paint(chart());
  const pid = made.process ?? 0;
  await expect(painting).rejects.toThrow('more than 300 ms');
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test('a process that does not start says why', async () => {
  const made = painter({ program: await program('throw new RangeError("no font here")') });
  await expect(made.paint(chart())).rejects.toThrow('RangeError: no font here');
});

test('a program that has nothing else to do ends, and the process with it', async () => {
  const painter = new URL('../../src/chat/pictures/painter.ts', import.meta.url).href;
  const code = `
    import { createPainter } from ${JSON.stringify(painter)};
    const made = createPainter();
    await made.paint(${JSON.stringify(chart())});
    process.stdout.write(String(made.process));`;
  const file = join(await temporaryFolder(), 'bot.mjs');
  await writeFile(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 30_000 });
  expect(Number(stdout)).toBeGreaterThan(0);
  await expect.poll(() => isRunning(Number(stdout)), { timeout: 10_000 }).toBe(false);
});

test('after the stop nothing is painted', async () => {
  const made = painter();
  const painting = made.paint(chart());
  const refused = expect(painting).rejects.toThrow('no more pictures');
  await made.stop();
  await refused;
  await expect(made.paint(chart())).rejects.toThrow('no more pictures');
  expect(made.process).toBeNull();
});

async function program(code: string): Promise<URL> {
  const file = join(await temporaryFolder(), 'program.mjs');
  await writeFile(file, code);
  return pathToFileURL(file);
}
