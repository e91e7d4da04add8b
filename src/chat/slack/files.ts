import { z } from 'zod';
import type { Call } from './calls.ts';
import { isSlacks } from './respond.ts';

const answer = z.object({ file: z.object({ url_private: z.string(), size: z.number() }) });

/** Reads a file that was handed over in a form. Throws when it is gone, larger than `maxBytes`, or not at Slack. */
export async function readFile(
  call: Call,
  where: { apiUrl: string; botToken: string },
  id: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const { file } = answer.parse(await call('files.info', { file: id }));
  if (file.size > maxBytes) throw new Error(`the file has ${file.size} bytes, more than ${maxBytes}`);
  // The bot's token goes along, so it goes nowhere else.
  if (!isSlacks(file.url_private, where.apiUrl)) throw new Error('the file is not kept at Slack');
  const response = await fetch(file.url_private, {
    headers: { authorization: `Bearer ${where.botToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok || response.body === null) throw new Error(`Slack answered ${response.status} for a file`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the file has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
