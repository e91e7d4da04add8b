import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { helpWords } from '../src/chat/read-command.ts';
import { command, events, methods, scopes, shortcuts } from '../src/chat/slack/surface.ts';

/** Limits and shape of a manifest, as Slack's schema (slackapi/manifest-schema, version 2) has them. */
const manifest = z.strictObject({
  $schema: z.url(),
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
    long_description: z.string().min(175).max(4000),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(true),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().max(24),
        type: z.enum(['global', 'message']),
        callback_id: z.string().max(255),
        description: z.string().max(150),
      }),
    ),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().startsWith('/').max(32),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.literal(false),
        url: z.url().optional(),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: z.url().optional(), bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: z.url().optional(),
      message_menu_options_url: z.url().optional(),
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

const read = (name: string) =>
  manifest.parse(JSON.parse(readFileSync(new URL(`../manifests/${name}`, import.meta.url), 'utf8')));
const both = ['slack.json', 'slack.socket.json'];

test.each(both)('%s declares what the bot uses, and nothing else', (name) => {
  const { features, oauth_config: oauth, settings } = read(name);
  expect(features.slash_commands.map((each) => each.command)).toEqual([command]);
  expect(features.shortcuts.map((each) => [each.callback_id, each.type])).toEqual(
    Object.entries(shortcuts).map(([callbackId, { type }]) => [callbackId, type]),
  );
  expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(events));
  expect(oauth.scopes.bot).toEqual(scopes);
});

test('over HTTP every address is the one entrance; over Socket Mode there is none', () => {
  const addresses = (name: string) => {
    const { features, settings } = read(name);
    const { event_subscriptions: subscriptions, interactivity } = settings;
    const commands = features.slash_commands.map((each) => each.url);
    return [...commands, subscriptions.request_url, interactivity.request_url, interactivity.message_menu_options_url];
  };
  expect(new Set(addresses('slack.json'))).toEqual(new Set(['https://kam.example.com/slack/events']));
  expect(new Set(addresses('slack.socket.json'))).toEqual(new Set([undefined]));
  expect(read('slack.json').settings.socket_mode_enabled).toBe(false);
  expect(read('slack.socket.json').settings.socket_mode_enabled).toBe(true);
});

test('both manifests are one app', () => {
  const [http, socket] = both.map(read);
  expect(socket?.display_information).toEqual(http?.display_information);
  expect(socket?.features.shortcuts).toEqual(http?.features.shortcuts);
});

test('every method in the table is called, and no other way to Slack is taken', () => {
  const folder = new URL('../src/chat/slack/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const sources = files
    .filter((file) => file !== 'surface.ts')
    .map((file) => readFileSync(new URL(file, folder), 'utf8'));
  for (const method of Object.keys(methods)) {
    expect(sources.filter((source) => source.includes(`'${method}'`)).length, method).toBeGreaterThan(0);
  }
  const clients = sources.filter((source) => source.includes('new WebClient('));
  expect(clients).toHaveLength(1);
  expect(sources.filter((source) => /\bclient\.(chat|views|users|files|auth)\./.test(source))).toEqual([]);
});

test('the hint under the command tells how to get help, in both languages', () => {
  for (const hint of read('slack.json').features.slash_commands.map((each) => each.usage_hint)) {
    for (const word of helpWords.slice(0, 2)) expect(hint).toContain(word);
  }
});
