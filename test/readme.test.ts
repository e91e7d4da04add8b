import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../src/bot.ts';
import { helpWords } from '../src/chat/read-command.ts';
import { systemClock } from '../src/clock.ts';
import { variables } from '../src/config.ts';
import { type Database, openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { rightsTable } from '../src/people/rights-table.ts';
import { createLinks } from '../src/web/links.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', ...globSync(['docs/**/*.md', 'src/**/*.md'], { cwd: root })];

/** The cells of the rows of all tables below a heading. */
function rowsUnder(heading: string): string[][] {
  const [, after = ''] = read('README.md').split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const coded = (cell: string | undefined) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

test('the README prints the table of rights as the code has it', () => {
  // Editors align the columns of tables; the cells count.
  const cells = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/\|-+(?=\|)/g, '|---');
  expect(cells(read('README.md'))).toContain(cells(rightsTable('en')));
});

describe('every variable that is read', () => {
  // Read by the program that packs the app for Teams, and by nothing else.
  const names = [...variables.keys(), 'TEAMS_APP_ID'].sort();

  test('is in the README, with what counts where it is not set', () => {
    const rows = rowsUnder('Configuration');
    expect(rows.flatMap(([first]) => coded(first)).sort()).toEqual(names);
    const said = new Map(rows.flatMap(([first, second]) => coded(first).map((name) => [name, coded(second)] as const)));
    for (const [name, standard] of variables) {
      if (standard !== null) expect(said.get(name), name).toEqual([standard]);
    }
  });

  test('is in .env.example', () => {
    const lines = [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)];
    const given = new Map(lines.map(([, name = '', value = '']) => [name, value] as const));
    // Where `production` belongs is the machine, not a file that is copied.
    expect([...given.keys(), 'NODE_ENV'].sort()).toEqual(names);
    for (const [name, standard] of variables) if (standard !== null) expect(given.get(name), name).toBe(standard);
  });
});

describe('the parts of the bot', () => {
  let database: Database;
  let built: ReturnType<typeof build>;
  beforeAll(() => {
    const log = createLog('silent');
    // Nothing is asked: what there is to say is known before there is a database.
    database = openDatabase('postgresql://kam@127.0.0.1:9/kam', { log });
    const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
    built = build({ database, jobsDatabase: database, clock: systemClock, log, nudge: () => undefined, links });
  });
  afterAll(() => database.close());

  test('every command is in the README, in both languages', () => {
    const wordIn = (cell: string | undefined) => coded(cell)[0]?.split(' ')[0];
    const said = rowsUnder('Commands').map(([english, chinese]) => `${wordIn(english)} ${wordIn(chinese)}`);
    const known = built.registry.commands.map(({ words }) => `${words[0]} ${words[1]}`);
    expect([...new Set(said)].sort()).toEqual([...known, `${helpWords[0]} ${helpWords[1]}`].sort());
  });

  test('every page that a proxy has to pass on is named', () => {
    const [, , what = ''] = rowsUnder('Configuration').find(([first]) => first === '`WEB_PORT`') ?? [];
    expect(coded(what)).toEqual(built.sites.map(({ name }) => `/${name}/…`));
    expect(read('docs/running.md')).toContain(`location ~ ^/[${built.sites.map(({ name }) => name).join('')}]/`);
  });
});

test('what stands in the menus of Slack and Teams is called by its name', () => {
  const { features } = JSON.parse(read('manifests/slack.json'));
  const { composeExtensions } = JSON.parse(read('manifests/teams/manifest.json'));
  const names: string[] = [
    ...features.shortcuts.map(({ name }: { name: string }) => name),
    ...composeExtensions[0].commands.map(({ title }: { title: string }) => title),
  ];
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((name) => !read('README.md').includes(`*${name}*`))).toEqual([]);
});

test('how to start without npm is how npm starts it', () => {
  const { scripts } = JSON.parse(read('package.json'));
  expect(read('docs/running.md')).toContain(`\nnode_modules/.bin/${scripts.start}\n`);
});

describe('links between pages', () => {
  const withoutMarks = (heading: string) => heading.replaceAll(/[`*]|\]\([^)]*\)|\[/g, '');
  /** As GitHub makes them. */
  const anchorsOf = (path: string) =>
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      withoutMarks(heading)
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    );

  test.each(pages)('%s leads to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g)];
    const lost = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  test('every picture is shown', () => {
    const all = pages.map(read).join('\n');
    expect(globSync('docs/images/*', { cwd: root }).filter((path) => !all.includes(path))).toEqual([]);
  });

  test('every decision has its number, on the page and in the list', () => {
    const decisions = globSync('docs/decisions/[0-9]*.md', { cwd: root }).sort();
    const said = decisions.map((path) => read(path).split('\n', 1)[0]?.split('. ')[0]);
    expect(said).toEqual(decisions.map((_, index) => `# ${index + 1}`));
    const listed = [...read('docs/decisions/README.md').matchAll(/^(\d+)\. \[.*\]\((.*)\)$/gm)];
    expect(listed.map(([, number, file]) => `${number} ${file}`)).toEqual(
      decisions.map((path, index) => `${index + 1} ${path.split(/[\\/]/).at(-1)}`),
    );
  });
});
