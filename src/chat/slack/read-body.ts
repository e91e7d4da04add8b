import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body of up to `limit` bytes. `done` is called once; never when the sender went away before the end,
 * since then nobody waits for an answer. What comes after the limit is dropped unread.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (read: Buffer<ArrayBuffer> | 'tooLarge') => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    if (length > limit) return;
    length += chunk.length;
    if (length > limit) {
      chunks.length = 0;
      done('tooLarge');
    } else chunks.push(chunk);
  });
  request.on('end', () => {
    if (length <= limit) done(Buffer.concat(chunks));
  });
}
