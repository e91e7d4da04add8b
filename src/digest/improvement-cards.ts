import { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Call, Me } from '../chat/slice.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Improvement, mayChangeImprovement, teamsToday, verdictOf } from './improvement.ts';
import { measureInWords } from './improvement-value.ts';

type Reading = Pick<Call, 'text' | 'now'> & { me: Me };

const lead = (words: Words | undefined): Part[] => (words === undefined ? [] : [{ kind: 'words', words }]);
const inOneLine = (parts: readonly Words[]): Words =>
  parts.flatMap((part, place) => (place === 0 ? [part] : [' · ', part]));

/** As many as one message holds. */
const shown = 15;

/** What is open and what became of the others. `said`: what just happened. */
export function improvementsCard(
  { open, closed, mayAdd }: { open: readonly Improvement[]; closed: readonly Improvement[]; mayAdd: boolean },
  reading: Reading,
  said?: Words,
): Card {
  const { text } = reading;
  const left = open.length - shown;
  return {
    title: text.words('improvements.title'),
    body: [
      ...lead(said),
      ...(open.length === 0
        ? lead(text.words('improvements.none', { add: mayAdd ? 'yes' : 'no' }))
        : [
            {
              kind: 'list',
              items: open.slice(0, shown).map((one) => openItem(one, reading)),
              ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
            } as const,
          ]),
      ...(closed.length === 0
        ? []
        : ([
            { kind: 'heading', words: text.words('improvements.past') },
            { kind: 'list', items: closed.map((one) => closedItem(one, text, buttonsOf(one, reading))) },
          ] as const)),
      ...(mayAdd
        ? [
            {
              kind: 'buttons',
              buttons: [{ label: text.plain('improvements.button.add'), opens: 'improvements.new', look: 'primary' }],
            } as const,
          ]
        : []),
    ],
  };
}

function openItem(one: Improvement, reading: Reading): Item {
  const { text, now } = reading;
  const { owner, team, dueOn, accountIds } = one;
  const today = teamsToday(team, now);
  const isOver = dueOn !== null && Temporal.PlainDate.compare(dueOn, today) < 0;
  const due =
    dueOn === null
      ? text.words('improvements.line.noDay')
      : text.words(`improvements.line.${isOver ? 'overdue' : 'due'}`, { day: text.day(dueOn, today) });
  const name = { person: owner.id, name: owner.name };
  return {
    words: { strong: cut(one.text, 300) },
    detail: inOneLine([
      text.words('improvements.line.owner', { name, team: team.name }),
      due,
      ...(accountIds.length > 0 ? [text.words('improvements.line.customers', { count: accountIds.length })] : []),
    ]),
    buttons: buttonsOf(one, reading),
  };
}

function buttonsOf(one: Improvement, { text, me }: Reading): Button[] {
  if (!mayChangeImprovement(one, me)) return [];
  const spoken = { text: cut(one.text, 60) };
  const { id: about } = one;
  if (one.state !== 'open')
    return [{ label: text.plain('improvements.button.reopen'), does: 'improvements.reopen', about }];
  return [
    {
      label: text.plain('improvements.button.done'),
      spoken: text.plain('improvements.button.doneSpoken', spoken),
      does: 'improvements.done',
      about,
    },
    {
      label: text.plain('improvements.button.drop'),
      spoken: text.plain('improvements.button.dropSpoken', spoken),
      does: 'improvements.drop',
      about,
    },
  ];
}

/** The figure before and after, where it was measured again; else when it will be. */
function measureLine(one: Improvement, text: Text): Words[] {
  const { figure, before, after, measureAt, state, team } = one;
  if (figure === null || state !== 'done') return [];
  const name = text.plain(`digest.figure.${figure}`);
  if (measureAt !== null) {
    const day = text.day(measureAt.toZonedDateTimeISO(team.timeZone).toPlainDate());
    return [text.words('improvements.line.measures', { figure: name, day })];
  }
  return [
    text.words('improvements.line.measured', {
      figure: name,
      before: measureInWords(figure, before, text),
      after: measureInWords(figure, after, text),
    }),
  ];
}

function closedItem(one: Improvement, text: Text, buttons: Button[]): Item {
  const { closedAt, state, team, owner } = one;
  const day = closedAt === null ? '–' : text.day(closedAt.toZonedDateTimeISO(team.timeZone).toPlainDate());
  const name = { person: owner.id, name: owner.name };
  return {
    words: cut(one.text, 300),
    detail: inOneLine([
      text.words('improvements.line.owner', { name, team: team.name }),
      text.words(`improvements.line.${state === 'dropped' ? 'dropped' : 'done'}`, { day }),
      ...measureLine(one, text),
    ]),
    buttons,
  };
}

/** So many are told in an evaluation. */
const mostTold = 5;

/** What became of earlier improvements, as the evaluation of a later week says it: those that are closed, and how many are open. */
export function earlierParts(earlier: readonly Improvement[], text: Text): Part[] {
  if (earlier.length === 0) return [];
  const closed = earlier.filter(({ state }) => state !== 'open');
  const open = earlier.length - closed.length;
  const left = closed.length - mostTold;
  return [
    { kind: 'heading', words: text.words(closed.length === 0 ? 'improvements.title' : 'improvements.past') },
    ...(closed.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: closed.slice(0, mostTold).map((one) => closedItem(one, text, [])),
            ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
          } as const,
        ]),
    { kind: 'note', words: text.words('improvements.open', { count: open }) },
  ];
}

/** Tells somebody that an improvement is theirs to see to. */
export const toldCard = (
  { by, text: what, dueOn, id }: { by: string; text: string; dueOn: Temporal.PlainDate | null; id: string },
  text: Text,
): Card => ({
  title: text.words('improvements.told.title', { name: by }),
  body: [
    {
      kind: 'list',
      items: [
        {
          words: { strong: what },
          detail:
            dueOn === null
              ? text.words('improvements.line.noDay')
              : text.words('improvements.line.due', { day: text.day(dueOn) }),
          buttons: [
            { label: text.plain('improvements.button.done'), does: 'improvements.done', about: id },
            { label: text.plain('improvements.button.drop'), does: 'improvements.drop', about: id },
          ],
        },
      ],
    },
    { kind: 'buttons', buttons: [listButton(text)] },
  ],
});

const listButton = (text: Text): Button => ({
  label: text.plain('improvements.button.list'),
  does: 'improvements.list',
});

/** Tells an owner which customers were planned for them. */
export const visitsCard = (
  { by, customers, dueOn }: { by: string; customers: readonly string[]; dueOn: Temporal.PlainDate },
  text: Text,
): Card => ({
  title: text.words('improvements.visits.title', { name: by }),
  body: [
    { kind: 'list', items: customers.map((name) => ({ words: { strong: name } })) },
    { kind: 'note', words: text.words('improvements.visits.why', { day: text.day(dueOn) }) },
    { kind: 'buttons', buttons: [{ label: text.plain('actions.button.all'), does: 'actions.mine' }] },
  ],
});

/** What an improvement did, four weeks after its close. */
export function measuredCard(one: Improvement, text: Text): Card {
  const { figure, before, after } = one;
  if (figure === null) throw new Error('nothing was measured');
  return {
    title: text.words('improvements.measured.title'),
    body: [
      { kind: 'words', words: text.words('improvements.measured.words', { text: { strong: cut(one.text, 300) } }) },
      {
        kind: 'words',
        words: text.words(`improvements.measured.${verdictOf(one)}`, {
          figure: text.plain(`digest.figure.${figure}`),
          before: measureInWords(figure, before, text),
          after: measureInWords(figure, after, text),
        }),
      },
      { kind: 'buttons', buttons: [listButton(text)] },
    ],
  };
}
