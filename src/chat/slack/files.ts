import { z } from 'zod';
import type { Call } from './calls.ts';
import { exchange } from './exchange.ts';
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
  const response = await exchange(file.url_private, {
    method: 'GET',
    headers: { authorization: `Bearer ${where.botToken}` },
    within: 15_000,
    atMost: maxBytes,
  });
  if (response.status !== 200) throw new Error(`Slack answered ${response.status} for a file`);
  return response.body;
}
