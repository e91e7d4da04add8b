import { afterAll, beforeAll } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { judge, type PlainAnswers } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createSettingUp } from '../../src/meetings/setting-up.ts';
import { type SetupStore, setupStore } from '../../src/meetings/setup-store.ts';
import { createPeople, type People } from '../../src/people/index.ts';
import { makeCall, monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededPerson, seed } from '../support/seed.ts';
import { type Days, daysOn } from './days.ts';

export interface SetUpWorld {
  database: Database;
  people: People;
  store: SetupStore;
  days: Days;
  slice: ReturnType<typeof createSettingUp>;
  build: ReturnType<typeof seed>;
  say(call: Call, word: string, rest?: string): Promise<Reply>;
  press(call: Call, button: string, about?: string): Promise<Reply>;
  open(call: Call, opener: string, about?: string): Promise<Reply>;
  /** Answers a form that was asked; `undefined` empties a field. */
  submit(call: Call, asked: Reply, answers: PlainAnswers): Promise<Reply>;
}

/** One world for a test file. */
export function setUpWorld(): SetUpWorld {
  const log = createLog('silent');
  const world = {} as SetUpWorld;
  let drop = async () => {};
  beforeAll(async () => {
    const test = await createTestDatabase();
    const database = openDatabase(test.url, { log });
    drop = async () => {
      await database.close();
      await test.drop();
    };
    const people = createPeople({ database, clock: movableClock(monday), log });
    const store = setupStore(database);
    const days = daysOn(database);
    const { calendar } = days;
    const slice = createSettingUp({ store, people, calendar, log, nudge: () => undefined });
    Object.assign(world, { database, people, store, days, slice, build: seed(database) });
    world.say = (call, word, rest = '') => named(slice.commands, ({ words }) => words.includes(word)).run(call, rest);
    world.press = (call, button, about) => named(slice.actions, ({ name }) => name === button).run(call, about);
    world.open = (call, opener, about) => named(slice.openers, ({ name }) => name === opener).run(call, about);
    world.submit = async (call, asked, answers) => {
      if (asked.reply !== 'ask') throw new Error(`nothing was asked: ${JSON.stringify(asked)}`);
      const { form, id, about, without, initial } = asked.asked;
      const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text, without });
      if (!judged.ok) return { reply: 'fix', problems: judged.problems };
      const handler = named(slice.forms, (one) => one.form.name === form.name);
      return handler.submit(call, judged.answers, { id, about, without, expanded: false });
    };
  });
  afterAll(() => drop());
  return world;
}

function named<T>(things: readonly T[], isIt: (thing: T) => boolean): T {
  const found = things.find(isIt);
  if (found === undefined) throw new Error('there is no such thing');
  return found;
}

/** The words of a reply. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw') return inPlainText(reply.card);
  return JSON.stringify(reply);
}

/** The buttons of a card, by label. */
export function buttonsOf(reply: Reply) {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') return [];
  return reply.card.body.flatMap((part) => {
    if (part.kind === 'buttons') return [...part.buttons];
    return part.kind === 'list' ? part.items.flatMap(({ buttons = [] }) => [...buttons]) : [];
  });
}

/** What the first button with this label is about. */
export function aboutOf(reply: Reply, label: string): string {
  const about = buttonsOf(reply).flatMap((button) =>
    button.label === label && 'about' in button && button.about !== undefined ? [button.about] : [],
  );
  if (about[0] === undefined) throw new Error(`there is no button ${label} in ${wordsOf(reply)}`);
  return about[0];
}

/** Mia leads North with Anna, Ben in Shanghai and the manager of South, Otto; Ada is administrator; Zoe is elsewhere. */
export async function aCompany(world: SetUpWorld) {
  const { build } = world;
  const organization = await build.organization();
  const person = (name: string, given: Parameters<typeof build.person>[1] = {}) =>
    build.person(organization, { name, ...given });
  const mia = await person('Mia Voss');
  const anna = await person('Anna Berg');
  const ben = await person('Ben Ode', { timeZone: 'Asia/Shanghai' });
  const otto = await person('Otto Lang');
  const ada = await person('Ada Klein', { administrator: true });
  const north = await build.team(organization, { name: 'North', manager: mia, members: [anna, ben], channelId: 'C1' });
  const south = await build.team(organization, { name: 'South', manager: otto, members: [anna] });
  const as = (who: SeededPerson, me: Partial<Me> = {}, given: Parameters<typeof makeCall>[2] = {}) =>
    makeCall(organization, who, { ...given, me });
  const calls = {
    mia: as(mia, { manages: [north.id] }),
    anna: as(anna, { memberOf: [north.id, south.id] }),
    ben: as(ben, { memberOf: [north.id] }),
    otto: as(otto, { manages: [south.id] }),
    ada: as(ada),
  };
  return { organization, mia, anna, ben, otto, ada, north, south, calls, as };
}
