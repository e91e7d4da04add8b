import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConversationClient, type MessageActivityInput, TeamClient } from '@microsoft/teams.api';
import { type Activity, adaptiveCard, type Json } from './activities.ts';
import { openTeams, type Teams } from './connector.ts';
import { openIdentityProvider } from './idp.ts';

/** What the stranger heard: the activity and the header that it came with. */
export type Heard = Activity & { authorization: unknown };

/** A bot that only notes what comes and answers what a test says; what the local Teams itself is tested with. */
export interface Stranger {
  readonly teams: Teams;
  readonly heard: Heard[];
  /** The SDK's own clients, with the bot's token. */
  readonly conversations: ConversationClient;
  readonly inTeams: TeamClient;
  /** What it answers from now on; at first 200 with nothing. */
  answers(answer: { status?: number; body?: unknown }): void;
  /** Shows a card in a conversation, by its key; the message's id. */
  show(card: Json, key?: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a local Teams with a stranger in it. */
export async function openStranger(): Promise<Stranger> {
  const heard: Heard[] = [];
  let answer: { status?: number; body?: unknown } = {};
  const bot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      heard.push({ ...JSON.parse(Buffer.concat(chunks).toString()), authorization: request.headers.authorization });
      const { status = 200, body } = answer;
      response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  bot.listen(0, '127.0.0.1');
  await once(bot, 'listening');
  const idp = await openIdentityProvider();
  const teams = await openTeams({ idp });
  teams.setBotUrl(`http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`);
  const http = { headers: { authorization: `Bearer ${await idp.botToken('')}` } };
  const conversations = new ConversationClient(teams.serviceUrl, http);
  return {
    teams,
    heard,
    conversations,
    inTeams: new TeamClient(teams.serviceUrl, http),
    answers: (next) => {
      answer = next;
    },
    async show(card, key = 'U0BECKER') {
      // The SDK's types are of its own builders; these cards are as they come over the wire.
      const message = withCard(card) as MessageActivityInput;
      return (await conversations.createActivity(teams.tenant.place(key).id, message)).id;
    },
    close: async () => {
      bot.close();
      bot.closeAllConnections();
      await teams.close();
      await idp.close();
    },
  };
}

const withCard = (card: Json) => ({
  type: 'message' as const,
  attachments: [{ contentType: adaptiveCard, content: card }],
});

/** A card as it comes over the wire. */
export const cardWith = (body: Json[], rest: Json = {}): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...rest,
});
