import { z } from 'zod';
import { cut } from '../../text/cut.ts';
import type { Chart } from '../card.ts';
import type { Call } from './calls.ts';
import { exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { isSlacks } from './respond.ts';

const announced = z.object({ upload_url: z.string(), file_id: z.string() });
const info = z.object({ file: z.object({ mimetype: z.string().default('') }) });

/**
 * Brings a picture to Slack, to no channel: a message that shows it shares it (docs.slack.dev,
 * messaging/working-with-files). Answers the file's id; throws what `faultOf` explains.
 */
export async function uploadPicture(call: Call, apiUrl: string, chart: Chart, png: Uint8Array): Promise<string> {
  const { upload_url: address, file_id: id } = announced.parse(
    await call('files.getUploadURLExternal', {
      filename: 'chart.png',
      length: png.length,
      alt_txt: cut(chart.alternative, limits.fileAltText),
    }),
  );
  if (!isSlacks(address, apiUrl)) throw new UploadRefused('upload_elsewhere');
  const { status } = await exchange(address, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: png,
    within: 15_000,
    atMost: 10_000,
  }).catch(() => ({ status: 0 }));
  if (status !== 200) throw new UploadRefused(`upload_http_${status}`, status === 0 || status === 429 || status >= 500);
  await call('files.completeUploadExternal', { files: [{ id, title: cut(chart.title, limits.header) }] });
  return id;
}

/**
 * Whether messages may show a file. Slack looks at it first, which takes moments, and says so only by naming its type
 * (github.com/slackapi/node-slack-sdk, issue 2040; slackapi/java-slack-sdk, issue 1349).
 */
export async function isLookedAt(call: Call, id: string): Promise<boolean> {
  return info.parse(await call('files.info', { file: id })).file.mimetype !== '';
}

/** The picture did not get there; the code says how far. `passes`: the next attempt may bring it. */
export class UploadRefused extends Error {
  readonly code: string;
  readonly passes: boolean;

  constructor(code: string, passes = false) {
    super(code);
    this.code = code;
    this.passes = passes;
  }
}
