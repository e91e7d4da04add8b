import { crc32, deflateSync } from 'node:zlib';

/** Pixels as they were drawn, four bytes each (red, green, blue, alpha). */
export interface Pixels {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/**
 * An opaque picture as a PNG with a palette: a chart has few colours, and a byte for each pixel instead of four takes
 * a third of the room. Where smoothed edges make more than 256 colours, those that hardly differ become the most
 * frequent one.
 */
export function palettePng({ width, height, rgba }: Pixels): Buffer {
  const colors = colorsOf(rgba);
  const { palette, placeOf } = paletteOf(colors);
  // Each row begins with its filter: none, since neighbouring places in a palette mean nothing.
  const rows = Buffer.alloc((width + 1) * height);
  let color = -1;
  let place = 0;
  for (let row = 0, from = 0, to = 0; row < height; row += 1) {
    to += 1;
    for (const end = from + width; from < end; from += 1, to += 1) {
      const next = colors[from] ?? 0;
      if (next !== color) {
        color = next;
        place = placeOf(color);
      }
      rows[to] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for each pixel, which are a place in the palette (PNG 1.2, 4.1.1).
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colour of each pixel as 0xRRGGBB. */
function colorsOf(rgba: Uint8Array): Uint32Array {
  const colors = new Uint32Array(rgba.length / 4);
  for (let at = 0, from = 0; at < colors.length; at += 1, from += 4) {
    colors[at] = ((rgba[from] ?? 0) << 16) | ((rgba[from + 1] ?? 0) << 8) | (rgba[from + 2] ?? 0);
  }
  return colors;
}

function paletteOf(colors: Uint32Array): { palette: number[]; placeOf: (color: number) => number } {
  const byFrequency = [...countsOf(colors)].sort(([, one], [, other]) => other - one).map(([color]) => color);
  for (let lost = 0; ; lost += 1) {
    const kept = (0xff << lost) & 0xff;
    const mask = (kept << 16) | (kept << 8) | kept;
    const places = new Map<number, number>();
    const palette: number[] = [];
    for (const color of byFrequency) {
      if (places.has(color & mask)) continue;
      places.set(color & mask, palette.length);
      palette.push(color);
    }
    if (palette.length <= 256) return { palette, placeOf: (color) => places.get(color & mask) ?? 0 };
  }
}

/** Counted in runs of one colour, of which a chart has few. */
function countsOf(colors: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  let begun = 0;
  for (let at = 1; at <= colors.length; at += 1) {
    const color = colors[begun] ?? 0;
    if (at < colors.length && colors[at] === color) continue;
    counts.set(color, (counts.get(color) ?? 0) + at - begun);
    begun = at;
  }
  return counts;
}

/** Length, name, content and checksum (PNG 1.2, 3.2). */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
