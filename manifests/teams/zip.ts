import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive: its name, without folders, and its content. */
export interface Entry {
  name: string;
  content: Uint8Array;
}

const signatures = { file: 0x04034b50, listed: 0x02014b50, end: 0x06054b50 };
const version = 20;
const namesAreUtf8 = 0x0800;
const deflated = 8;
/** 1 January 1980, the first moment of MS-DOS time: the same files make the same archive, whenever it is written. */
const moment = { time: 0, day: 0b0000000_0001_00001 };

/** A ZIP archive of a few small files (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16); in memory, no ZIP64. */
export function zip(entries: readonly Entry[]): Uint8Array {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content);
    const nameBytes = Buffer.from(name, 'utf8');
    // The same 26 bytes stand before the file and in the list at the end.
    const facts = Buffer.concat([
      ...[version, namesAreUtf8, deflated, moment.time, moment.day].map(half),
      ...[crc32(content), packed.length, content.length].map(word),
      ...[nameBytes.length, 0].map(half),
    ]);
    const file = Buffer.concat([word(signatures.file), facts, nameBytes, packed]);
    const place = Buffer.concat([...[0, 0, 0].map(half), ...[0, offset].map(word)]);
    files.push(file);
    list.push(word(signatures.listed), half(version), facts, place, nameBytes);
    offset += file.length;
  }
  const listed = Buffer.concat(list);
  const counts = [0, 0, entries.length, entries.length].map(half);
  const end = [word(signatures.end), ...counts, word(listed.length), word(offset), half(0)];
  return Buffer.concat([...files, listed, ...end]);
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
