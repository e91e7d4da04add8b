/** The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8 when it is valid, else GB18030; null when it is none. */
export function decode(bytes: Uint8Array): string | null {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // A zero byte is in no text: the file is something else.
      return text.includes('\u0000') ? null : text;
    } catch {
      // The next one may fit.
    }
  }
  return null;
}
