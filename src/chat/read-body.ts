import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body of up to `limit` bytes; what comes after the limit is dropped unread. `gone`: the sender went
 * away before the end, and nobody waits for an answer.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'tooLarge' | 'gone'> {
  return new Promise((resolve) => {
    // Nothing tells it any more.
    if (request.destroyed) resolve('gone');
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else resolve('tooLarge');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('gone'));
  });
}
