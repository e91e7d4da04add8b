import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { palettePng } from './palette-png.ts';

/** Reads back what was written: the colour of every pixel. */
function decode(png: Buffer): { width: number; height: number; colors: number[] } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(8);
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const colors = Array.from({ length: width * height }, (_, at) => {
    const place = rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] ?? 0;
    return palette.readUIntBE(place * 3, 3);
  });
  return { width, height, colors };
}

const rgbaOf = (colors: readonly number[]) =>
  Uint8Array.from(colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255, 255]));

describe('a picture with a palette', () => {
  it('keeps every colour while there are at most 256', () => {
    const few = fc.array(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 256 }).chain((colors) =>
      fc.record({
        width: fc.integer({ min: 1, max: 20 }),
        height: fc.integer({ min: 1, max: 20 }),
        pick: fc.infiniteStream(fc.constantFrom(...colors)),
      }),
    );
    void fc.assert(
      fc.property(few, ({ width, height, pick }) => {
        const colors = [...pick.take(width * height)];
        expect(decode(palettePng({ width, height, rgba: rgbaOf(colors) }))).toEqual({ width, height, colors });
      }),
    );
  });

  it('takes the nearest frequent colour where there are more', () => {
    const colors = [...Array(600).fill(0x0072b2), ...Array.from({ length: 3_000 }, (_, at) => at * 5_000)];
    const drawn = decode(palettePng({ width: 60, height: 60, rgba: rgbaOf(colors) })).colors;
    expect(drawn.slice(0, 600)).toEqual(colors.slice(0, 600));
    expect(new Set(drawn).size).toBeLessThanOrEqual(256);
    const farthest = drawn.map((color, at) => Math.abs((color >> 16) - ((colors[at] ?? 0) >> 16)));
    expect(Math.max(...farthest)).toBeLessThan(64);
  });
});
