import { expect, test } from 'vitest';
import { decode } from './decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each<[string, Uint8Array, string | null]>([
  ['UTF-8', utf8('日期'), '日期'],
  ['UTF-8 with its mark', utf8('\uFEFF日期'), '日期'],
  ['UTF-16, little end first', Uint8Array.of(0xff, 0xfe, 0xe5, 0x65), '日'],
  ['UTF-16, big end first', Uint8Array.of(0xfe, 0xff, 0x65, 0xe5), '日'],
  ['GB18030', Uint8Array.of(0xc8, 0xd5, 0xc6, 0xda), '日期'],
  ['no text', Uint8Array.of(0x50, 0x4b, 0x00, 0x00), null],
  ['nothing', Uint8Array.of(), ''],
])('%s', (_, bytes, text) => {
  expect(decode(bytes)).toBe(text);
});
