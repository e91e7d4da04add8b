import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

interface Picture {
  width: number;
  height: number;
  /** From the upper left, line by line: red, green, blue, opacity, each 0 to 255. */
  pixels: readonly (readonly [number, number, number, number])[];
}

/** Reads a PNG with 8 bits a channel, with or without opacity, not interlaced (PNG specification, third edition). */
function readPng(name: string): Picture {
  const bytes = readFileSync(new URL(`../../manifests/teams/${name}`, import.meta.url));
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, kind, interlaced] = [bytes[24], bytes[25], bytes[28]];
  expect({ depth, interlaced }).toEqual({ depth: 8, interlaced: 0 });
  const channels = kind === 6 ? 4 : 3;
  expect(kind).toBe(channels === 4 ? 6 : 2);
  const samples = unfilter(inflateSync(Buffer.concat(data)), width * channels, channels);
  const at = (index: number) => samples[index] ?? 0;
  const pixels = Array.from({ length: width * height }, (_, pixel) => {
    const first = pixel * channels;
    return [at(first), at(first + 1), at(first + 2), channels === 4 ? at(first + 3) : 255] as const;
  });
  return { width, height, pixels };
}

/** Each line begins with the number of the way in which it was made smaller (section 9.2). */
function unfilter(lines: Uint8Array, lineLength: number, channels: number): Uint8Array {
  const samples = new Uint8Array((lines.length / (lineLength + 1)) * lineLength);
  for (let to = 0; to < samples.length; to += 1) {
    const [line, column] = [Math.floor(to / lineLength), to % lineLength];
    const from = line * (lineLength + 1);
    const left = column < channels ? 0 : (samples[to - channels] ?? 0);
    const up = samples[to - lineLength] ?? 0;
    const corner = column < channels ? 0 : (samples[to - lineLength - channels] ?? 0);
    const guesses = [0, left, up, Math.floor((left + up) / 2), nearest(left, up, corner)];
    samples[to] = (lines[from + 1 + column] ?? 0) + (guesses[lines[from] ?? 0] ?? 0);
  }
  return samples;
}

function nearest(left: number, up: number, corner: number): number {
  const away = (value: number) => Math.abs(left + up - corner - value);
  if (away(left) <= away(up) && away(left) <= away(corner)) return left;
  return away(up) <= away(corner) ? up : corner;
}

/** Microsoft’s design guidelines: Teams app icon for Teams Store and app bar. */
test('the colour icon is a full square of 192, its mark in the middle 120', () => {
  const { width, height, pixels } = readPng('color.png');
  expect({ width, height }).toEqual({ width: 192, height: 192 });
  expect(pixels.filter(([, , , opacity]) => opacity < 255)).toEqual([]);
  const ground = pixels[0]?.join();
  const outside = pixels.filter((_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return Math.min(x, y) < 36 || Math.max(x, y) >= 156;
  });
  expect(outside.filter((pixel) => pixel.join() !== ground)).toEqual([]);
  const drawn = pixels.filter((pixel) => pixel.join() !== ground).length / (120 * 120);
  expect(drawn).toBeGreaterThan(0.3);
});

test('the outline icon is 32, white and nothing else on transparent ground', () => {
  const { width, height, pixels } = readPng('outline.png');
  expect({ width, height }).toEqual({ width: 32, height: 32 });
  const visible = pixels.filter(([, , , opacity]) => opacity > 0);
  expect(visible.filter(([red, green, blue]) => red + green + blue < 3 * 255)).toEqual([]);
  expect(visible.some(([, , , opacity]) => opacity === 255)).toBe(true);
  const share = visible.length / pixels.length;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.5);
});
