import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { palettePng } from '../../src/chat/pictures/palette-png.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { browserTests } from '../support/browser.ts';
import { appSeed, call, startAlone } from './bench.ts';

const browserTest = browserTests();

const png = palettePng({ width: 40, height: 30, rgba: new Uint8Array(40 * 30 * 4).fill(120) });
const image = (file: object, more = {}) => ({ type: 'image', slack_file: file, alt_text: 'A chart', ...more });
const channel = 'C0SALES';
const post = (sandbox: Sandbox, ...blocks: object[]) =>
  call(sandbox, 'chat.postMessage', { channel, text: 'words', blocks });

async function announce(sandbox: Sandbox, name = 'chart.png', more = {}) {
  const { body } = await call(sandbox, 'files.getUploadURLExternal', { filename: name, length: png.length, ...more });
  return { id: String(body.file_id), address: String(body.upload_url), error: body.error };
}

async function upload(sandbox: Sandbox, name?: string): Promise<string> {
  const { id, address } = await announce(sandbox, name, { alt_txt: 'A chart' });
  expect((await fetch(address, { method: 'POST', body: png })).status).toBe(200);
  return id;
}

test('a file becomes a picture in a message once it is completed and looked at', async () => {
  const sandbox = await startAlone({ fileProcessing: 60_000 });
  const id = await upload(sandbox);
  const refused = { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] };
  expect((await post(sandbox, image({ id }))).body).toMatchObject(refused);
  expect((await call(sandbox, 'files.info', { file: id })).body).toMatchObject({ error: 'file_not_found' });

  const completed = await call(sandbox, 'files.completeUploadExternal', { files: [{ id, title: 'Coverage' }] });
  expect(completed.body).toMatchObject({ ok: true, files: [{ id, title: 'Coverage', mimetype: '', filetype: '' }] });
  expect((await post(sandbox, image({ id }))).body).toMatchObject(refused);

  await sandbox.clock.advance({ seconds: 61 });
  const { body } = await call(sandbox, 'files.info', { file: id });
  expect(body.file).toMatchObject({ mimetype: 'image/png', filetype: 'png', alt_txt: 'A chart' });
  const url = (body.file as { url_private: string }).url_private;
  expect((await post(sandbox, image({ id }), image({ url }))).body.ok).toBe(true);
  // Nothing but the message shows it: it was shared with no channel.
  expect(sandbox.snapshot('U0ADA').messages).toHaveLength(1);
});

test.each([
  ['an unknown file', { id: 'F0NOTHERE1' }],
  ['what is no picture', { id: 'text' }],
  ['id and address together', { id: 'png', url: 'png' }],
  ['neither', {}],
])('refused: %s', async (_, wanted: { id?: string; url?: string }) => {
  const sandbox = await startAlone({ fileProcessing: 0 });
  const files = { png: await upload(sandbox), text: await upload(sandbox, 'notes.txt') };
  await call(sandbox, 'files.completeUploadExternal', { files: Object.values(files).map((id) => ({ id })) });
  const named = (name: string | undefined) => files[name as keyof typeof files] ?? name;
  const file = Object.fromEntries(Object.entries(wanted).map(([key, name]) => [key, named(name)]));
  const { body } = await post(sandbox, image(file));
  expect(body).toMatchObject({ ok: false, error: 'invalid_blocks' });
  expect(String(body.errors)).toContain('slack_file');
});

test('a picture that is no file’s id, in a view, beside a text and under it', async () => {
  const sandbox = await startAlone();
  const blocks = [
    { type: 'section', text: { type: 'plain_text', text: 'x' }, accessory: image({ id: 'F0NOTHERE1' }) },
    { type: 'context', elements: [image({ id: 'f1' })] },
  ];
  const { body } = await post(sandbox, ...blocks);
  expect(body.errors).toEqual([
    'invalid slack file [json-pointer:/blocks/0/accessory/slack_file]',
    'input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/1/elements/0/slack_file/id]',
  ]);
  const home = await call(sandbox, 'views.publish', { user_id: 'U0ADA', view: { type: 'home', blocks } });
  expect(home.body).toMatchObject({ ok: false, error: 'invalid_arguments' });
});

test('uploads are refused without the scope, with too long a description, of another length, and twice', async () => {
  const scopes = appSeed.scopes.filter((scope) => scope !== 'files:write');
  const without = await startAlone({ app: { ...appSeed, scopes } });
  expect((await announce(without)).error).toBe('missing_scope');
  const sandbox = await startAlone();
  expect((await announce(sandbox, 'a.png', { alt_txt: 'x'.repeat(1001) })).error).toBe('alt_txt_too_large');
  const { id, address } = await announce(sandbox);
  const early = await call(sandbox, 'files.completeUploadExternal', { files: [{ id }] });
  expect(early.body.error).toBe('file_not_found');
  expect((await fetch(address, { method: 'POST', body: deflateSync(png) })).status).toBe(400);
  expect((await fetch(address, { method: 'POST', body: png })).status).toBe(200);
  expect((await fetch(address, { method: 'POST', body: png })).status).toBe(404);
});

browserTest('the page shows the picture with its words', async (browser) => {
  const sandbox = await startAlone({ fileProcessing: 0 });
  const id = await upload(sandbox);
  await call(sandbox, 'files.completeUploadExternal', { files: [{ id }] });
  const title = { type: 'plain_text', text: 'Coverage by week' };
  expect((await post(sandbox, image({ id }, { title, alt_text: 'Core: 80%' }))).body.ok).toBe(true);
  const page = await browser.visit(`${sandbox.url}?user=U0ADA`);
  const shown = page.getByRole('img', { name: 'Core: 80%' });
  await shown.waitFor();
  await expect.poll(() => shown.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBe(40);
  await page.getByText('Coverage by week').waitFor();
});
