import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { en } from '../src/text/en/index.ts';
import { zhCN } from '../src/text/zh-CN/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = globSync('src/**/*.ts', { cwd: root }).filter(
  (path) => !path.includes('generated') && !path.endsWith('.test.ts') && !/^src\/text\/(en|zh-CN)\//.test(path),
);

/** The gaps of a message, those inside of plural forms too. */
function gaps(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap((option) => gaps(option.value))];
    return element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag
      ? []
      : [element.value];
  });
}
const gapsOf = (message: string) => [...new Set(gaps(parse(message, { ignoreTag: true })))].sort();

describe('the texts', () => {
  it('have the same messages with the same gaps in every language', () => {
    const inEnglish = Object.fromEntries(Object.entries(en).map(([key, message]) => [key, gapsOf(message)]));
    const inChinese = Object.fromEntries(Object.entries(zhCN).map(([key, message]) => [key, gapsOf(message)]));
    expect(inChinese).toEqual(inEnglish);
  });

  it('are all said somewhere', () => {
    const code = sources.map(read).join('\n');
    // A key with a choice in it, such as `visits.kind.${kind}`, is used with whatever can stand there.
    const templates = [...code.matchAll(/`([a-z]\w*\.(?:[\w.-]|\$\{[^}`]*\})*)`/gi)].map((match) => match[1] ?? '');
    const chosen = templates
      .filter((template) => template.includes('${'))
      .map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.-]+')}$`));
    const unused = Object.keys(en).filter(
      (key) => !code.includes(`'${key}'`) && !chosen.some((template) => template.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('fit where the platforms have little room', () => {
    const tight = /\.(?:form|forms)\.[\w.]*(?:title|save)$/i;
    const long = [...Object.entries(en), ...Object.entries(zhCN)].filter(
      ([key, message]) => tight.test(key) && message.length > 24,
    );
    expect(long).toEqual([]);
  });
});

describe('the house', () => {
  const slices = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sources.includes(`src/${entry.name}/index.ts`))
    .map((entry) => entry.name)
    .filter((name) => name !== 'sandbox');

  it('has every slice in bot.ts', () => {
    const bot = read('src/bot.ts');
    expect(slices.length).toBeGreaterThan(3);
    expect(slices.filter((slice) => !bot.includes(`./${slice}/index.ts`))).toEqual([]);
  });

  it('reads the environment in one place and the time in another', () => {
    const readers = (pattern: RegExp) => sources.filter((path) => pattern.test(read(path)));
    expect(readers(/process\.env\b/)).toEqual(['src/config.ts']);
    expect(
      readers(/\bDate\.now\(|\bnew Date\(\)|Temporal\.Now\b/).filter((path) => !path.startsWith('src/sandbox/page/')),
    ).toEqual(['src/clock.ts']);
  });

  it('keeps slices and the kernel free of any platform’s words', () => {
    const inside = sources.filter((path) => /^src\/(?!sandbox|chat\/slack|chat\/teams|doctor|config)/.test(path));
    const words = /\b(mrkdwn|block_id|action_id|trigger_id|response_url|adaptive ?card|ephemeral)\b/i;
    expect(inside.filter((path) => words.test(read(path)))).toEqual([]);
  });

  it('ships nothing of the machine it was written on', () => {
    const files = globSync('{src,test,bench,docs,prisma,manifests}/**/*.{ts,md,json,sql,prisma,html,css}', {
      cwd: root,
    });
    const private_ = /(?<![.\w])\/(?:home|root|work)\/[a-z]|registry\.npmjs|nodesource/i;
    expect(
      files.filter(
        (path) => !path.includes('generated') && private_.test(read(path)) && path !== 'test/structure.test.ts',
      ),
    ).toEqual([]);
  });
});
