import { randomUUID } from 'node:crypto';
import { type Bot, startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { pages } from '../support/pages.ts';
import type { Activity, Json } from '../support/teams/activities.ts';
import type { Delivery } from '../support/teams/connector.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import type { World } from '../world.ts';

/** What the bot logged as its own mistake. */
export const mistakes = (lines: readonly string[]): string[] =>
  lines.filter((line) => /"level":"(error|fatal)"/.test(line));

/** Another bot on the world's database, which serves its Teams only; `lines` are what it logs. */
export async function startAnother(world: World, lines: string[] = []): Promise<Bot> {
  const { teams, clock, databaseUrl } = world;
  const { idp, serviceUrl } = teams;
  const { origin } = new URL(serviceUrl);
  const bot = await startBot(
    {
      production: false,
      slack: null,
      teams: {
        authentication: { clientId: idp.botId, clientSecret: 'a-client-secret', tenantId: idp.tenantId },
        tenantId: idp.tenantId,
        administrators: [],
        port: 0,
      },
      slackApiUrl: 'http://127.0.0.1:1/',
      databaseUrl,
      dataDir: '',
      host: '127.0.0.1',
      port: 0,
      healthPort: 0,
      ...pages,
    },
    {
      clock,
      log: createLog('info', { write: (line: string) => void lines.push(line) }),
      teamsCloud: { cloud: idp.cloud, services: (url) => url.startsWith(origin), token: idp.botToken },
    },
  );
  teams.setBotUrl(bot.teamsAddress ?? '');
  return bot;
}

/** Opens the form for a visit by its command and fills it in; it is not sent. */
export async function fillVisit(member: TeamsMember, customer: string, note: string): Promise<void> {
  expectSent(await member.say('log'));
  await member.fill('Customer', customer);
  await member.fill('What happened', note);
}

/** What the bot wrote in a person's own chat, by words in it. */
export const written = (member: TeamsMember, words = '') =>
  member.messages.filter(({ from, place, text }) => from === 'bot' && place === member.id && text.includes(words));

/** The last thing that was brought to the bot. */
export function lastActivity({ teams }: World): Activity {
  const last = teams.deliveries.at(-1);
  if (!last) throw new Error('nothing was brought to the bot yet');
  return last.activity;
}

/** The same button pressed once more, by whoever and with whatever is changed: not the same activity, but another. */
export function pressAgain({ teams }: World, activity: Activity, changes: Json = {}): Promise<Delivery> {
  return teams.send({ ...activity, id: `f:${randomUUID()}`, ...changes });
}

/** What a pressed button says, with parts of it changed: `kam` is what the bot wrote into it. */
export function tampered(activity: Activity, kam: Json, inputs: Json = {}): Json {
  const { action } = structuredClone(activity.value) as { action: { data: Json & { kam: Json } } };
  const data = { ...action.data, ...inputs, kam: { ...action.data.kam, ...kam } };
  return { value: { action: { ...action, data }, trigger: 'manual' } };
}

/** What is read in an answer to a pressed button. */
export const answered = ({ body }: Delivery): string => JSON.stringify(body) ?? '';

/** What the local Teams was asked about one conversation, by its key, and how it is to refuse. */
export function connectorOf(world: () => World) {
  const place = (key: string) => world().teams.tenant.place(key);
  return {
    place,
    conversation: (key: string) =>
      world().bot.database.prisma.teamsConversation.findFirstOrThrow({ where: { externalId: place(key).id } }),
    posts: (key: string) =>
      world().teams.calls.filter(
        ({ method, path }) => method === 'POST' && path.includes(`${place(key).id}/activities`),
      ),
    /** Fails the next calls about it. */
    fails: (status: number, key: string, retryAfter?: number, times = 1) =>
      world().teams.failNext(status, { on: place(key).id, times, ...(retryAfter === undefined ? {} : { retryAfter }) }),
  };
}
