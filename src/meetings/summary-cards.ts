import type { Card, Item, Part } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { partsOf } from './answer-forms.ts';
import { decidedParts } from './decision-cards.ts';
import type { PlanItem } from './plan-item.ts';
import { becameOf, itemWords, meetingNamed } from './prompt-cards.ts';
import { wordingOf } from './question.ts';
import {
  blockersOf,
  type Contribution,
  type Named,
  type Summary,
  type Tally,
  tallyOf,
  unplanned,
  workdaysSince,
} from './summary.ts';

/** How much of each person is shown: the more of them there are, the less. Lengths are UTF-16 units. */
interface Room {
  items: number;
  /** Of an item's text, and of a name. */
  text: number;
  name: number;
  /** Of everything that was answered in words. */
  answers: number;
}

/**
 * A screen or so for any number of people, and within what every platform takes (Slack: 12,000 characters): the largest
 * card that these allow is drawn in the tests.
 */
const rooms: readonly (Room & { people: number })[] = [
  { people: 6, items: 6, text: 80, name: 40, answers: 200 },
  { people: 12, items: 4, text: 60, name: 30, answers: 120 },
  { people: Number.POSITIVE_INFINITY, items: 2, text: 40, name: 30, answers: 80 },
];
/** So many are shown with what they said; of the others who answered, the names. */
const mostPeople = 20;
const mostNames = 12;
const mostOthers = 24;
const mostBlockers = 6;

/** What the channel reads of a meeting. Nobody in it is pinged, and only those who answered are named, unless the team wants it. */
export function summaryCard(summary: Summary, text: Text): Card {
  const { kind, name, date, namesSilent } = summary;
  const tally = tallyOf(summary);
  const room = roomFor(tally.answered.length);
  const shown = tally.answered.slice(0, mostPeople);
  const items = shown.map((one) => personItem(one, { summary, room, text }));
  const isMinutes = kind === 'sales';
  const said = { meeting: meetingNamed(name, kind, text), day: text.day(date) };
  return {
    title: text.words(isMinutes ? 'decisions.minutes.title' : 'summaries.title', said),
    body: [
      ...(isMinutes ? tookPart(summary, tally, text) : []),
      ...decidedParts(summary.decisions, { text, today: date }),
      ...(summary.decisions.length > 0
        ? [{ kind: 'heading', words: text.words('decisions.minutes.reports') } as const]
        : []),
      ...(items.length > 0
        ? [{ kind: 'list', items } as const]
        : [{ kind: 'words', words: text.words('summaries.none') } as const]),
      ...namesPart('alsoAnswered', tally.answered.slice(mostPeople), text, mostOthers),
      ...namesPart('nothing', tally.nothing, text),
      ...namesPart('skipped', tally.skipped, text),
      ...blockerParts(summary, text),
      ...(namesSilent ? namesPart('silent', tally.silent, text) : []),
      { kind: 'note', words: countWords(tally, text) },
    ],
  };
}

/** Who answered, if only that there is nothing, or noted what was decided. */
function tookPart({ decisions }: Summary, { answered, nothing }: Tally, text: Text): Part[] {
  const people = [...[...answered, ...nothing].map(({ person }) => person), ...decisions.map((one) => one.createdBy)];
  const each = [...new Map(people.map((person) => [person.id, person])).values()];
  if (each.length === 0) return [];
  const names = namesOf(each, text, mostOthers);
  return [{ kind: 'note', words: text.words('decisions.minutes.tookPart', { names }) }];
}

const roomFor = (people: number): Room => {
  const room = rooms.find((one) => people <= one.people);
  if (room === undefined) throw new Error('there is room for any number of people');
  return room;
};

/** "8 of 9 asked answered, 1 on leave". */
export function countWords({ answered, nothing, skipped, asked, onLeave, missed }: Tally, text: Text): Words {
  const count = missed.length;
  const onlyMissed = asked === 0 && count > 0;
  const counts: Words[] = [
    onlyMissed
      ? text.words('summaries.count.onlyMissed', { count })
      : text.words('summaries.count', { answered: answered.length + nothing.length + skipped.length, asked }),
  ];
  if (onLeave > 0) counts.push(text.words('summaries.count.leave', { count: onLeave }));
  if (count > 0 && !onlyMissed) counts.push(text.words('summaries.count.missed', { count }));
  return counts.reduce((before, next) => text.words('summaries.count.next', { before, next }));
}

const oneLine = (words: string, max: number) => cut(words.replaceAll(/\s+/gu, ' ').trim(), max);

/** Shown as what they are called: never a ping. */
export const personWords = ({ id, name }: Named, max = 30): Words => ({ person: id, name: cut(name, max) });

type NamesKey = 'alsoAnswered' | 'nothing' | 'skipped' | 'silent';

function namesPart(key: NamesKey, people: readonly Contribution[], text: Text, most = mostNames): Part[] {
  if (people.length === 0) return [];
  const names = namesOf(
    people.map(({ person }) => person),
    text,
    most,
  );
  return [{ kind: 'note', words: text.words(`summaries.${key}`, { names }) }];
}

function namesOf(people: readonly Named[], text: Text, most: number): Words {
  const names = people.slice(0, most).map((person) => personWords(person));
  const left = people.length - names.length;
  if (left > 0) names.push(text.words('summaries.moreNames', { count: left }));
  return text.list(names);
}

interface Drawing {
  summary: Summary;
  room: Room;
  text: Text;
}

function personItem(one: Contribution, { summary, room, text }: Drawing): Item {
  const planned = summary.kind === 'morning' || summary.kind === 'evening' ? one.items : [];
  const items = planned.slice(0, room.items).map((item) => itemLine(item, { summary, room, text }));
  const left = planned.length - items.length;
  if (left > 0) items.push(text.words('summaries.moreItems', { count: left }));
  if (summary.kind === 'evening') items.push(...visitedWords(one, room, text));
  const answers = answerWords(one, { summary, room, text });
  const [said = text.words('summaries.wordless'), detail] = [joined(items), answers].filter((words) => words !== null);
  return {
    words: text.words('summaries.said', { person: personWords(one.person, room.name), said }),
    ...(detail === undefined ? {} : { detail }),
  };
}

const joined = (parts: readonly Words[]): Words | null =>
  parts.length === 0 ? null : parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));

function itemLine(item: PlanItem, { summary, room, text }: Drawing): Words {
  const account = item.account && { ...item.account, name: oneLine(item.account.name, room.name) };
  const words = itemWords({ ...item, account, text: oneLine(item.text, room.text) });
  const open = summary.kind === 'evening' ? text.plain('summaries.item.open') : '';
  const became = becameOf(item, { text, today: summary.date }) || open;
  return became === '' ? words : text.words('summaries.item', { item: words, became });
}

function visitedWords(one: Contribution, room: Room, text: Text): Words[] {
  const all = unplanned(one);
  if (all.length === 0) return [];
  const accounts: Words[] = all.slice(0, 2).map(({ name }) => ({ strong: oneLine(name, room.name) }));
  if (all.length > accounts.length)
    accounts.push(text.words('summaries.moreItems', { count: all.length - accounts.length }));
  return [text.words('summaries.visited', { accounts: text.list(accounts) })];
}

/** What was answered in words. Two questions stand before their answers while there is room; a plan and blockers have their own place. */
function answerWords({ questions, answers, items }: Contribution, { summary, room, text }: Drawing): Words | null {
  const { plan, words } = partsOf(questions, summary.kind);
  const asked = plan !== null && items.length === 0 ? [plan, ...words] : words;
  const said = asked
    .map((question) => ({ question, answer: oneLine(answers[question.id] ?? '', room.answers) }))
    .filter(({ answer }) => answer !== '');
  const each = Math.floor(room.answers / Math.max(said.length, 1));
  return joined(
    said.map(({ question, answer }): Words => {
      const short = oneLine(answer, each);
      if (said.length !== 2 || room.answers < 200) return short;
      return [{ quiet: oneLine(wordingOf(question, text), 50) }, ' ', short];
    }),
  );
}

function blockerParts(summary: Summary, text: Text): Part[] {
  const all = blockersOf(summary);
  if (all.length === 0) return [];
  const items = all.slice(0, mostBlockers).map(({ text: said, owner, since }): Item => {
    const days = workdaysSince(summary.workdays, since, summary.date);
    return {
      words: text.words('summaries.blocker', {
        text: oneLine(said, 120),
        owner: personWords(owner),
        age: since.equals(summary.date) ? text.plain('summaries.age.new') : ageWords(since, days, summary.date, text),
      }),
    };
  });
  const left = all.length - items.length;
  return [
    { kind: 'heading', words: text.words('summaries.blockers') },
    { kind: 'list', items, ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}) },
  ];
}

/** "since Mon 23 Nov, 3 working days". */
export const ageWords = (since: Summary['date'], days: number, today: Summary['date'], text: Text): string =>
  text.plain('summaries.age', { day: text.day(since, today), days });
