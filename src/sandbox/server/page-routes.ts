import type { IncomingMessage, ServerResponse } from 'node:http';
import { performAct } from '../acts/act.ts';
import type { ActContext } from '../acts/context.ts';
import { parseJson } from '../json.ts';
import { personForPage, takeSnapshot } from '../snapshot.ts';
import { actRequest } from './act-schema.ts';
import { checkSameOrigin, HttpRefusal, readBody, sendJson } from './http-parts.ts';
import type { PageFiles } from './page-files.ts';

/** Room for a file of 10 MB as base64. */
const largestAct = 16 * 1024 * 1024;
/** How often an idle event stream says that it lives, in milliseconds. */
const heartbeat = 15_000;

function sendEvents(context: ActContext, user: string, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(': open\n\n');
  const stop = context.clients.listen(user, (event) => void response.write(`data: ${JSON.stringify(event)}\n\n`));
  const beat = setInterval(() => void response.write(': alive\n\n'), heartbeat);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

async function act(context: ActContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new HttpRefusal(415, 'JSON only');
  const read = actRequest.safeParse(parseJson((await readBody(request, largestAct)).toString()));
  if (!read.success) {
    const message = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    sendJson(response, { ok: false, error: 'invalid_act', message }, 400);
    return;
  }
  sendJson(response, await performAct(context, read.data.user, read.data.act));
}

function sendFile(context: ActContext, id: string, response: ServerResponse): void {
  const file = context.workspace.files.get(id);
  if (!file) throw new HttpRefusal(404, 'no such file');
  // Only pictures are shown; anything else is downloaded, so that no uploaded page runs here.
  const shown = ['image/png', 'image/jpeg', 'image/gif'].includes(file.mimetype);
  response.writeHead(200, {
    'content-type': shown ? file.mimetype : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(file.bytes);
}

async function sendPage(files: PageFiles, path: string, response: ServerResponse): Promise<void> {
  const file = await files.find(path);
  if (!file) throw new HttpRefusal(404, 'no such file');
  const policy = [
    "default-src 'none'",
    `script-src ${["'self'", ...file.scriptHashes].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  response.writeHead(200, {
    'content-type': file.type,
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(file.body);
}

/** Serves the page and what it asks. */
export async function servePage(
  context: ActContext,
  files: PageFiles,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkSameOrigin(request);
  const user = url.searchParams.get('user') ?? '';
  const path = `${request.method} ${url.pathname}`;
  if (path === 'POST /sandbox/act') return act(context, request, response);
  if (request.method !== 'GET') throw new HttpRefusal(405, 'method not allowed');
  if (url.pathname.startsWith('/sandbox/files/')) return sendFile(context, url.pathname.slice(15), response);
  switch (url.pathname) {
    case '/sandbox/people': {
      const people = [...context.workspace.people.values()].filter((person) => !person.isBot);
      return sendJson(response, people.map(personForPage));
    }
    case '/sandbox/state': {
      const snapshot = takeSnapshot(user, context);
      if (!snapshot) throw new HttpRefusal(404, 'no such person');
      return sendJson(response, snapshot);
    }
    case '/sandbox/events':
      if (!context.workspace.people.has(user)) throw new HttpRefusal(404, 'no such person');
      return sendEvents(context, user, response);
    default:
      return sendPage(files, url.pathname, response);
  }
}
