import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { expectSent, type TeamsMember, textOf } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { mistakes, written } from './teams-world.ts';

const names = [
  '<at>Tom Carter</at>',
  '<at>everyone</at> AG',
  '<b>Bold</b> & Söhne <AG>',
  '<script>alert(1)</script>',
  '&lt;at&gt;Tom&lt;/at&gt; &amp; Co',
  '**bold** _it_ ~~s~~',
  '[Acme](https://evil.example)',
  '# Heading',
  '1. List',
  '- Dash',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '{{TIME(2026-01-01T00:00:00Z)}} GmbH',
  'C:\\Temp\\new',
  'שלום בע״מ',
  'ABC \u05d0\u05d1 mixed',
  '华为“技术”（深圳）',
  '👩‍👩‍👧‍👦 Familie 🏳️‍🌈',
  'a@b.example',
  'www.evil.example',
  'Müller, Söhne & Co',
  `${'W'.repeat(60)}iW`,
];
/** Without the marks of direction, which stand around names and are not read. */
const read = (text: string) => text.replace(/[\u2066-\u2069\u202a-\u202e\u200e\u200f]/g, '');

describe('names of every kind', () => {
  let world: World;
  let anna: TeamsMember;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    anna = world.teamsMember('U0BECKER');
  });
  afterAll(async () => {
    await world?.close();
  });

  const text = () => read(written(anna).at(-1)?.text ?? '');

  test.each(names)('%s: as a customer, in a form, on a card, in a list', async (name) => {
    expectSent(await anna.say('account add'));
    await anna.fill('Name', name);
    expectSent(await anna.submit());
    expect(text()).toContain(read(name));

    expectSent(await anna.say('log'));
    expect(await anna.suggestions('Customer', name)).toContainEqual(expect.stringContaining(name));
    await anna.fill('Customer', name);
    await anna.fill('What happened', `met ${name}`);
    await anna.fill('Date', '2027-01-01');
    expectSent(await anna.submit());
    // Not in the future: the form comes again, with all that was in it.
    expect(anna.hasForm).toBe(true);
    expect(anna.answer('Customer')).toContain(name);
    expect(anna.answer('What happened')).toBe(`met ${name}`);
    await anna.fill('Date', '2026-11-20');
    expectSent(await anna.submit());
    expect(text()).toContain(`met ${read(name)}`);
  });

  it('a new one in the form for a visit, with a comma in its name', async () => {
    expectSent(await anna.say('log'));
    await anna.fill('Customer', 'Kraft, Weber & Co');
    const offered = anna.answer('Customer');
    expect(offered).toContain('Kraft, Weber & Co');
    await anna.fill('Date', '2027-01-01');
    expectSent(await anna.submit());
    expect(anna.answer('Customer')).toBe(offered);
    await anna.fill('Date', '2026-11-20');
    await anna.fill('What happened', 'They want to grow');
    expectSent(await anna.submit());
    expect(text()).toContain('Kraft, Weber & Co');
  });

  it('nobody was pinged: no message has a mention', () => {
    const bodies = world.teams.calls.map(({ body }) => body);
    const answers = world.teams.deliveries.map(({ body }) => body);
    const all = JSON.stringify([bodies, answers]);
    expect(all).not.toMatch(/"type":"mention"|"entities":\[\{/i);
    // What Teams draws as a function, a link or a format stands only where it is drawn as text.
    for (const { value } of textBlocks([bodies, answers])) expect(value).not.toMatch(/<at>|\{\{|\]\(|\*\*/);
  });

  it('what a search inserts for others shows a name as it is, too', async () => {
    for (const name of names.slice(0, 6)) {
      const [found] = await anna.searchExtension(name);
      expect(read(found ? textOf(found.card) : '')).toContain(read(name));
    }
  });

  it('nothing of it was a surprise, or is in the log', () => {
    expect(mistakes(world.log)).toEqual([]);
    expect(world.log.join('\n')).not.toMatch(/evil|Söhne|alert/);
  });
});

/** The texts of TextBlocks, in which clients read mark-up. */
function textBlocks(node: unknown): { value: string }[] {
  if (Array.isArray(node)) return node.flatMap(textBlocks);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'TextBlock' && 'text' in node ? [{ value: String(node.text) }] : [];
  return [...own, ...Object.values(node).flatMap(textBlocks)];
}
