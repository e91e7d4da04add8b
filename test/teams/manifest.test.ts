import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { build } from '../../src/bot.ts';
import { readCommand } from '../../src/chat/read-command.ts';
import type { Registry } from '../../src/chat/registry.ts';
import * as surface from '../../src/chat/teams/surface.ts';
import { systemClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { textIn } from '../../src/text/text.ts';
import { createLinks } from '../../src/web/links.ts';
import { problemsOf } from '../support/teams/app-schema.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../manifests/teams/${name}`, import.meta.url), 'utf8'));

const titled = { title: z.string().max(32), description: z.string().max(128) };
const manifest = z
  .looseObject({
    manifestVersion: z.string(),
    bots: z.tuple([
      z.strictObject({
        botId: z.string(),
        scopes: z.array(z.string()),
        supportsFiles: z.literal(true),
        isNotificationOnly: z.literal(false),
        commandLists: z.array(
          z.strictObject({ scopes: z.array(z.string()), commands: z.array(z.strictObject(titled)).max(12) }),
        ),
      }),
    ]),
    composeExtensions: z.tuple([
      z.strictObject({
        botId: z.string(),
        commands: z.array(
          z.strictObject({
            ...titled,
            id: z.string(),
            type: z.enum(['action', 'query']),
            context: z.array(z.string()),
            fetchTask: z.literal(true).optional(),
            initialRun: z.literal(true).optional(),
            parameters: z
              .tuple([z.strictObject({ ...titled, name: z.string(), inputType: z.literal('text') })])
              .optional(),
          }),
        ),
      }),
    ]),
    permissions: z.array(z.string()),
    localizationInfo: z.strictObject({
      defaultLanguageTag: z.literal('en'),
      additionalLanguages: z.array(z.strictObject({ languageTag: z.string(), file: z.string() })),
    }),
  })
  .parse(read('manifest.json'));
const chinese = z.record(z.string(), z.string()).parse(read('zh-CN.json'));
const [bot] = manifest.bots;
const [extension] = manifest.composeExtensions;

describe('Microsoft’s schemas', () => {
  test.each(['manifest.json', 'zh-CN.json'])('find nothing wrong with %s', (name) => {
    expect(problemsOf(read(name))).toEqual([]);
  });

  const manifestWith = (change: Record<string, unknown>) => ({ ...manifest, ...change });
  const title = 'bots[0].commandLists[0].commands[0].title';
  const planted: [what: string, file: Record<string, unknown>, said: string][] = [
    ['an id that is no UUID', manifestWith({ id: 'kam' }), '/id must match pattern'],
    [
      'a scope that there is not',
      manifestWith({ bots: [{ ...bot, scopes: ['tenant'] }] }),
      '/bots/0/scopes/0 must be equal',
    ],
    ['a property of nobody', manifestWith({ packageName: 'com.example.kam' }), ' must NOT have additional properties'],
    [
      'an extension command without a title',
      manifestWith({ composeExtensions: [{ ...extension, commands: [{ id: 'x' }] }] }),
      "/composeExtensions/0/commands/0 must have required property 'title'",
    ],
    [
      'a translation that is too long',
      { ...chinese, 'name.short': '客'.repeat(31) },
      '/name.short must NOT have more than 30',
    ],
    [
      'a translation of nothing',
      { ...chinese, [title.replace('[0].c', '[9].c')]: '记录' },
      ' must NOT have additional properties',
    ],
  ];
  test.each(planted)('find %s', (_, file, said) => {
    expect(problemsOf(file)).toEqual([expect.stringContaining(said)]);
  });
});

describe('the manifest declares what the bot uses, and nothing else', () => {
  test('scopes, permissions and lists of commands', () => {
    expect(bot.scopes).toEqual(surface.scopes);
    expect(manifest.permissions).toEqual(surface.permissions);
    const offered = bot.commandLists.map((list) => ({
      scopes: list.scopes,
      commands: list.commands.map((command) => command.title),
    }));
    expect(offered).toEqual(surface.commandLists);
  });

  test('the message extension, whose actions are dialogs and whose searches begin by themselves', () => {
    expect(extension.commands.map((command) => command.id)).toEqual(Object.keys(surface.extensionCommands));
    for (const { id, type, context, ...command } of extension.commands) {
      const used = Object.entries(surface.extensionCommands).find(([name]) => name === id)?.[1];
      expect({ type, context }).toEqual({ type: used?.type, context: used?.context });
      const { fetchTask, initialRun, parameters } = command;
      const parameter = parameters?.[0].name;
      if (used?.type === 'action') expect({ fetchTask, initialRun, parameter }).toEqual({ fetchTask: true });
      else expect({ fetchTask, initialRun, parameter }).toEqual({ initialRun: true, parameter: used?.parameter });
    }
  });

  test('the invokes that all this makes Teams send', () => {
    const causes = new Set(['bot', ...extension.commands.map((command) => command.type)]);
    expect(new Set(Object.values(surface.invokes))).toEqual(causes);
  });

  test('the activities and invokes that the adapter answers', () => {
    const folder = new URL('../../src/chat/teams/', import.meta.url);
    const files = readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file) && file !== 'surface.ts');
    const code = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
    const answered = [...code.matchAll(/case '(\w+\/\w+)':/g)].map(([, name]) => name);
    expect(answered.sort()).toEqual(Object.keys(surface.invokes));
    for (const type of surface.activities) expect(code).toContain(`case '${type}':`);
  });

  test('one bot, which is also the app, in the version that its translations follow', () => {
    const ids = [manifest.id, bot.botId, extension.botId];
    expect(new Set(ids)).toEqual(new Set(['00000000-0000-0000-0000-000000000000']));
    expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`);
    expect(chinese.$schema).toContain(`/v${manifest.manifestVersion}/`);
    expect(manifest.webApplicationInfo ?? manifest.authorization).toBeUndefined();
  });
});

describe('what is offered', () => {
  let database: Database;
  let registry: Registry;
  beforeAll(() => {
    const log = createLog('silent');
    // Nothing is asked: commands are known before there is a database.
    database = openDatabase('postgresql://kam@127.0.0.1:9/kam', { log });
    const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
    registry = build({
      database,
      jobsDatabase: database,
      clock: systemClock,
      log,
      nudge: () => undefined,
      links,
    }).registry;
  });
  afterAll(() => database.close());

  const titles = (list: number) => surface.commandLists[list]?.commands ?? [];

  test('in the personal chat are commands, help among them, as many as Teams lists', () => {
    const all = [...registry.commands.map((command) => command.words[0]), 'help'];
    expect(titles(0).filter((title) => !all.includes(title))).toEqual([]);
    expect(titles(0)).toContain('help');
    expect(new Set(titles(0)).size).toBe(12);
  });

  test('where others read along is the same, without what concerns one person or the installation only', () => {
    expect(titles(1)).toEqual(titles(0).filter((title) => !['home', 'link', 'setup'].includes(title)));
  });

  test('is understood in both languages, and described in the words of help', () => {
    const [en, zh] = [textIn('en'), textIn('zh-CN')];
    for (const [at, list] of bot.commandLists.entries()) {
      for (const [index, { title, description }] of list.commands.entries()) {
        const path = `bots[0].commandLists[${at}].commands[${index}]`;
        const inChinese = chinese[`${path}.title`] ?? '';
        const said = readCommand(title, registry.commands);
        expect(readCommand(inChinese, registry.commands), `${title} = ${inChinese}`).toEqual(said);
        expect(inChinese).toMatch(/^\p{Script=Han}+$/u);
        if (said.command === 'help') {
          expect(said.command).toBe(title);
          continue;
        }
        const help = en.plain(said.command.help);
        expect(description).toBe(`${help.charAt(0).toUpperCase()}${help.slice(1)}`);
        expect(chinese[`${path}.description`]).toBe(zh.plain(said.command.help));
      }
    }
  });

  test('the extension’s shortcuts and finders are there', () => {
    const { logVisit, saveFeedback, findAccount } = surface.extensionCommands;
    const { shortcut, shortcutOnMessage } = saveFeedback;
    expect(shortcut).toBe(shortcutOnMessage);
    expect([...registry.shortcuts.keys()]).toEqual([logVisit.shortcut, logVisit.shortcutOnMessage, shortcut]);
    expect([...registry.finders.keys()]).toEqual([findAccount.finder]);
  });
});

test('everything that people read is translated', () => {
  const read = ['name.short', 'name.full', 'description.short', 'description.full'];
  for (const [at, list] of bot.commandLists.entries())
    read.push(...pathsOf(`bots[0].commandLists[${at}].commands`, list.commands));
  read.push(...pathsOf('composeExtensions[0].commands', extension.commands));
  for (const [at, { parameters = [] }] of extension.commands.entries())
    read.push(...pathsOf(`composeExtensions[0].commands[${at}].parameters`, parameters));
  expect(Object.keys(chinese).sort()).toEqual(['$schema', ...read].sort());
  expect(manifest.localizationInfo.additionalLanguages).toEqual([{ languageTag: 'zh', file: 'zh-CN.json' }]);
});

const pathsOf = (path: string, list: readonly unknown[]) =>
  list.flatMap((_, index) => [`${path}[${index}].title`, `${path}[${index}].description`]);
