import type { IncomingMessage, ServerResponse } from 'node:http';
import { mediaType } from '../api/files.ts';
import type { WebApi } from '../api/web-api.ts';
import { parseJson } from '../json.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { Workspace } from '../workspace.ts';
import { HttpRefusal, readBody, sendJson } from './http-parts.ts';

const largestCall = 4 * 1024 * 1024;
const largestFile = 64 * 1024 * 1024;

/** What the app's side of the server works on. */
export interface SlackParts {
  workspace: Workspace;
  api: WebApi;
  responseUrls: ResponseUrls;
}

/** The bytes of an upload: the body itself, or the file in a form. */
async function uploadedBytes(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const [, value] of form) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  const [first] = form.values();
  return Buffer.from(typeof first === 'string' ? first : '');
}

async function upload(
  parts: SlackParts,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const announced = parts.workspace.uploads.get(id);
  if (!announced) throw new HttpRefusal(404, 'no such upload');
  const bytes = await uploadedBytes(request.headers['content-type'] ?? '', await readBody(request, largestFile));
  const { name, altText } = announced;
  if (bytes.length !== announced.length) throw new HttpRefusal(400, 'length differs from what was announced');
  parts.workspace.uploads.delete(id);
  const owner = parts.workspace.app.botUserId;
  const described = altText === undefined ? {} : { altText };
  parts.workspace.addFile({ name, title: name, mimetype: mediaType(name), owner, bytes, ...described }, id);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`OK - ${bytes.length}`);
}

/** Slack answers a download without a good token with its sign-in page; the sandbox says 302 to the same effect. */
function download(parts: SlackParts, path: string, request: IncomingMessage, response: ServerResponse): void {
  const { app, files, team, uninstalled } = parts.workspace;
  const id = path.split('/')[2]?.replace(`${team.id}-`, '') ?? '';
  const allowed = request.headers.authorization === `Bearer ${app.botToken}` && app.scopes.includes('files:read');
  const file = files.get(id);
  if (!allowed || uninstalled) {
    response.writeHead(302, { location: `https://${team.domain}.slack.com/?redir=${encodeURIComponent(path)}` });
    response.end();
    return;
  }
  if (!file) throw new HttpRefusal(404, 'no such file');
  response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.bytes.length });
  response.end(file.bytes);
}

/** Serves what apps call: Web API, response URLs, uploads, downloads. False when the path is none of these. */
export async function serveApp(
  parts: SlackParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = url.pathname;
  if (path.startsWith('/api/')) {
    const body = await readBody(request, largestCall);
    const answer = await parts.api.call(path.slice('/api/'.length), request.headers, url.searchParams, body);
    sendJson(response, answer.body, answer.status, answer.headers);
  } else if (path.startsWith('/response/')) {
    if (request.method !== 'POST') throw new HttpRefusal(405, 'method not allowed');
    const body = (await readBody(request, largestCall)).toString();
    const answer = parts.responseUrls.use(path.split('/')[3] ?? '', parseJson(body));
    sendJson(response, answer.body, answer.status);
  } else if (path.startsWith('/upload/v1/')) {
    await upload(parts, path.slice('/upload/v1/'.length), request, response);
  } else if (path.startsWith('/files-pri/')) {
    download(parts, path, request, response);
  } else {
    return false;
  }
  return true;
}
