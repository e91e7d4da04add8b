import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { type Calendar, type CalendarNeeds, type Changed, createCalendar } from '../../src/calendar/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import { judge, type PlainAnswers } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import type { Locale } from '../../src/text/locale.ts';
import { makeCall, monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededPerson, seed } from '../support/seed.ts';

/** A database with people, teams and their calendars on it. */
export interface CalendarWorld {
  database: Database;
  calendar: Calendar;
  build: ReturnType<typeof seed>;
  nudges: { count: number };
  /** Whose days were said to have changed, oldest first. */
  changes: Changed[];
  /** The same calendars with something else in it, for example a source of holidays that fails. */
  another(given: Partial<CalendarNeeds>): Calendar;
  /** What waits to be sent to a person, oldest first. */
  told(personId: string): Promise<{ key: string; words: string; card: Card }[]>;
}

/** Written by outboxRow. */
const messageShape = z.object({ card: z.custom<Card>((value) => typeof value === 'object' && value !== null) });

/** One world for a test file. */
export function calendarWorld(): CalendarWorld {
  const log = createLog('silent');
  const clock = movableClock(monday);
  const world = { nudges: { count: 0 }, changes: [] as Changed[] } as CalendarWorld;
  let drop = async () => {};
  beforeAll(async () => {
    const test = await createTestDatabase();
    const database = openDatabase(test.url, { log });
    const people = createPeople({ database, clock, log });
    const needs: CalendarNeeds = {
      database,
      people,
      clock,
      log,
      nudge: () => {
        world.nudges.count += 1;
      },
      changed: async (_, of) => void world.changes.push(of),
    };
    const calendar = createCalendar(needs);
    const all = [calendar];
    drop = async () => {
      await Promise.all(all.map((one) => one.settled()));
      await database.close();
      await test.drop();
    };
    Object.assign(world, {
      database,
      calendar,
      build: seed(database),
      another: (given: Partial<CalendarNeeds>) => {
        const another = createCalendar({ ...needs, ...given });
        all.push(another);
        return another;
      },
      told: async (personId: string) => {
        const rows = await database.prisma.outbox.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
        return rows
          .filter((row) => row.lane.endsWith(`:person:${personId}`))
          .map((row) => {
            const { card } = messageShape.parse(row.message);
            return { key: row.key, words: inPlainText(card), card };
          });
      },
    });
  });
  afterAll(() => drop());
  return world;
}

/** Anna and Ben in team North of manager Mia; Ada administers; Otto is in no team. */
export async function sales(world: CalendarWorld) {
  const organization = await world.build.organization();
  const person = (name: string, more: Parameters<typeof world.build.person>[1] = {}) =>
    world.build.person(organization, { name, ...more });
  const anna = await person('Anna Berg');
  const ben = await person('Ben Ode', { timeZone: 'Asia/Shanghai', locale: 'zh-CN' });
  const mia = await person('Mia Voss');
  const ada = await person('Ada Lind', { administrator: true });
  const otto = await person('Otto Kern');
  const north = await world.build.team(organization, { manager: mia, members: [anna, ben] });
  const as = (one: SeededPerson, me: Partial<Me> = {}, given: { id?: string; locale?: Locale; now?: string } = {}) =>
    makeCall(organization, one, {
      me,
      ...(given.id === undefined ? {} : { id: given.id }),
      ...(given.locale === undefined ? {} : { locale: given.locale }),
      ...(given.now === undefined ? {} : { now: Temporal.Instant.from(given.now) }),
    });
  const calls = {
    anna: as(anna, { memberOf: [north.id] }),
    ben: as(ben, { memberOf: [north.id] }),
    mia: as(mia, { manages: [north.id] }),
    ada: as(ada),
    otto: as(otto),
  };
  return { organization, anna, ben, mia, ada, otto, north, as, calls };
}

/** The words of a reply's card. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw') return inPlainText(reply.card);
  return JSON.stringify(reply);
}

/** What a button of a card is about: the first with this label. */
export function buttonOf(reply: Reply, label: string): { about: string; leadsTo: string } {
  const parts = reply.reply === 'show' || reply.reply === 'redraw' ? reply.card.body : [];
  const buttons = parts.flatMap((part) => {
    if (part.kind === 'buttons') return [...part.buttons];
    return part.kind === 'list' ? part.items.flatMap((item) => [...(item.buttons ?? [])]) : [];
  });
  const button = buttons.find((one) => one.label === label);
  if (button === undefined || 'link' in button) throw new Error(`no button ${label} in ${wordsOf(reply)}`);
  return { about: button.about ?? '', leadsTo: 'does' in button ? button.does : button.opens };
}

/** A person's way through the slice. */
export const using = ({ slice }: Pick<Calendar, 'slice'>) => ({
  say: async (call: Call, word: string, rest = ''): Promise<Reply> => {
    const command = slice.commands?.find(({ words }) => words.includes(word));
    if (!command) throw new Error(`there is no ${word}`);
    return command.run(call, rest);
  },
  press: async (call: Call, name: string, about?: string) => named(slice.actions, name).run(call, about),
  open: async (call: Call, name: string, about?: string) => named(slice.openers, name).run(call, about),
  /** Presses a button of a reply. */
  follow: async (call: Call, reply: Reply, label: string): Promise<Reply> => {
    const { about, leadsTo } = buttonOf(reply, label);
    const does = slice.actions?.find(({ name }) => name === leadsTo);
    return does ? does.run(call, about) : named(slice.openers, leadsTo).run(call, about);
  },
  submit: async (call: Call, asked: Reply, answers: PlainAnswers = {}): Promise<Reply> => {
    if (asked.reply !== 'ask') throw new Error(`nothing was asked: ${JSON.stringify(asked)}`);
    const { form, id, about, without, initial } = asked.asked;
    const handler = slice.forms?.find((one) => one.form.name === form.name);
    if (!handler) throw new Error(`nothing becomes of ${form.name}`);
    const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text, without });
    if (!judged.ok) return { reply: 'fix', problems: judged.problems };
    return handler.submit(call, judged.answers, { id, about, without, expanded: false });
  },
  find: async (call: Call, source: string, query: string) => {
    const lookUp = slice.lookUps?.find((one) => one.source === source);
    if (!lookUp) throw new Error(`there is no ${source}`);
    return lookUp.find(call, query);
  },
});

function named<T extends { name: string }>(things: readonly T[] | undefined, name: string): T {
  const one = things?.find((thing) => thing.name === name);
  if (!one) throw new Error(`there is no ${name}`);
  return one;
}
