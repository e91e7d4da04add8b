import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { botToken, botUser, people, team } from './company.ts';

/** A Slack that does nothing but answer, at once: what is measured is the app, not the platform. */
export interface LocalSlack {
  /** For SLACK_API_URL; ends in a slash. */
  url: string;
  /** The modal that was opened last, as JSON. */
  lastView(): string;
  /** The private message that was sent last: its arguments. */
  lastWords(): Record<string, string>;
  /** How often a method was called. */
  calls(method: string): number;
  close(): Promise<void>;
}

/** Opens it on loopback. */
export async function openSlack(): Promise<LocalSlack> {
  const counts = new Map<string, number>();
  let lastOpening = '';
  let lastWords = '';
  let posts = 0;
  const answerTo = (method: string, body: string): string => {
    switch (method) {
      case 'auth.test':
        return JSON.stringify({
          ok: true,
          url: 'https://bench.slack.com/',
          team: team.name,
          team_id: team.id,
          user_id: botUser,
        });
      case 'users.info':
        return JSON.stringify({ ok: true, user: people.get(argumentsOf(body).user ?? '') });
      case 'views.open':
        lastOpening = body;
        return opened;
      case 'chat.postEphemeral':
        lastWords = body;
        return '{"ok":true,"message_ts":"1700000000.000001"}';
      case 'chat.postMessage':
        posts += 1;
        return JSON.stringify({ ok: true, channel: 'C0BENCH', ts: `1700000000.${String(posts).padStart(6, '0')}` });
      default:
        return '{"ok":true}';
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url?.split('/').at(-1) ?? '';
      counts.set(method, (counts.get(method) ?? 0) + 1);
      const refused = request.headers.authorization !== `Bearer ${botToken}`;
      const answer = refused
        ? '{"ok":false,"error":"invalid_auth"}'
        : answerTo(method, Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
      response.end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    lastView: () => argumentsOf(lastOpening).view ?? '',
    lastWords: () => argumentsOf(lastWords),
    calls: (method) => counts.get(method) ?? 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const opened = JSON.stringify({
  ok: true,
  view: { id: 'V0BENCH', team_id: team.id, type: 'modal', hash: '1.abc', blocks: [] },
});

/** A method's arguments, which may come as a form or as JSON; what is no text is JSON in both. */
function argumentsOf(body: string): Record<string, string> {
  if (!body.startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  const given: Record<string, unknown> = JSON.parse(body);
  const written = ([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ];
  return Object.fromEntries(Object.entries(given).map(written));
}
