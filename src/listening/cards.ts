import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Fact, Item, Part } from '../chat/card.ts';
import { type Dimension, dimensionName } from '../feedback/index.ts';
import type { Survey } from '../surveys/index.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Compared, compared, isPastDue, type Listening, type Named } from './listening.ts';

/** Who reads, in which language, on which day. */
export interface Reader {
  text: Text;
  today: Temporal.PlainDate;
}

const person = ({ id, name }: Named): Words => ({ person: id, name });
/** As much of a customer's name as a screen reader needs to tell buttons apart. */
const shortName = ({ account }: Pick<Listening, 'account'>): string => cut(account.name, 50);

/** The pointer of a button that changes what is shown: the visit, and as which version it was seen. */
export const pointerText = ({ id, version }: Pick<Listening, 'id' | 'version'>): string => `${id} ${version}`;

const recordButton = (one: Listening, text: Text, look?: 'primary'): Button => ({
  label: text.plain('listening.button.record'),
  spoken: text.plain('listening.button.recordOf', { account: shortName(one) }),
  opens: 'listening.record',
  about: one.id,
  ...(look === undefined ? {} : { look }),
});
/** Leads to the card of one visit. */
export const showButton = (one: Pick<Listening, 'id' | 'account'>, text: Text): Button => ({
  label: text.plain('listening.button.show'),
  spoken: text.plain('listening.button.showOf', { account: shortName(one) }),
  does: 'listening.show',
  about: one.id,
});

/** What a card of one visit is drawn from. */
export interface Shown {
  one: Listening;
  /** The answers of each side that are compared: those of this visit, and the last ones of the others. */
  surveys: readonly Survey[];
  /** This person may see them all. */
  areAll: boolean;
  dimensions: readonly Dimension[];
  mayRecord: boolean;
  mayChange: boolean;
  mayAct: boolean;
  happened?: Words | undefined;
}

/** Everything about a manager's visit, with what this person may do with it. */
export function listeningCard(shown: Shown, reader: Reader): Card {
  const { one, happened } = shown;
  const { text, today } = reader;
  const facts: Fact[] = [
    { label: text.plain('listening.fact.manager'), value: person(one.manager) },
    {
      label: text.plain(`listening.fact.${one.state === 'done' ? 'held' : 'planned'}`),
      value: text.day(one.heldOn ?? one.plannedOn, today),
    },
    ...(['purpose', 'heard', 'improve'] as const).flatMap((name): Fact[] => {
      const words = one[name];
      return words === null ? [] : [{ label: text.plain(`listening.fact.${name}`), value: words }];
    }),
  ];
  const warning =
    one.state === 'dropped' ? 'dropped' : one.visitUndone ? 'undone' : isPastDue(one, today) ? 'pastDue' : null;
  const buttons = buttonsOf(shown, text);
  return {
    title: text.words(`listening.card.${one.state === 'done' ? 'done' : 'planned'}`, {
      account: { strong: one.account.name },
    }),
    body: [
      ...(happened === undefined ? [] : [{ kind: 'words', words: happened } as const]),
      ...(warning === null ? [] : [{ kind: 'warning', words: text.words(`listening.card.${warning}`) } as const]),
      { kind: 'facts', facts },
      ...scoresParts(shown, reader),
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
    ],
  };
}

function buttonsOf({ one, mayRecord, mayChange, mayAct }: Shown, text: Text): Button[] {
  const about = pointerText(one);
  if (one.state === 'planned') {
    return [
      ...(mayRecord ? [recordButton(one, text, 'primary')] : []),
      ...(mayChange
        ? ([
            { label: text.plain('listening.button.move'), opens: 'listening.move', about: one.id },
            {
              label: text.plain('listening.button.drop'),
              does: 'listening.drop',
              about,
              look: 'danger',
              confirm: {
                title: text.plain('listening.drop.title'),
                words: text.plain('listening.drop.words'),
                yes: text.plain('listening.button.drop'),
                no: text.plain('listening.drop.no'),
              },
            },
          ] as const)
        : []),
    ];
  }
  if (one.state === 'dropped' || one.visitUndone || one.visitId === null) return [];
  const origin = `visit:${one.visitId}`;
  return [
    ...(mayAct
      ? ([
          { label: text.plain('listening.button.step'), opens: 'actions.add', about: origin, look: 'primary' },
          { label: text.plain('listening.button.feedback'), opens: 'feedback.add', about: origin },
        ] as const)
      : []),
    ...(mayChange
      ? [{ label: text.plain('listening.button.edit'), opens: 'listening.edit', about: one.id } as const]
      : []),
  ];
}

/** How each side sees our service, beside each other; in words where the manager does not see what the account manager sees. */
function scoresParts({ surveys, areAll, dimensions }: Shown, { text, today }: Reader): Part[] {
  const rows = compared(
    surveys,
    dimensions.map(({ id }) => id),
  );
  if (rows.length === 0) return [];
  const names = new Map(dimensions.map((one) => [one.id, dimensionName(one, text)]));
  const labelOf = ({ dimensionId }: Compared) =>
    dimensionId === null ? text.plain('listening.card.recommend') : (names.get(dimensionId) ?? '');
  const scoresOf = ({ scores, apart }: Compared): Words => {
    const each = shownOrder.flatMap((source) => {
      const score = scores[source];
      return score === undefined ? [] : [text.plain(`listening.score.${source}`, { score })];
    });
    const words = each.join(' · ');
    if (apart === null) return words;
    const points = Math.abs(apart);
    const said = text.words(`listening.score.${apart < 0 ? 'lower' : 'higher'}`, { points });
    return [words, ' · ', { strong: said }];
  };
  const seen = shownOrder.flatMap((source): Words[] => {
    const survey = surveys.find((one) => one.source === source);
    if (survey === undefined) return [];
    const who: Words = source === 'customer' ? (survey.contact?.name ?? '') : person(survey.author);
    const key = source === 'customer' && survey.contact === null ? 'customerAlone' : source;
    return [text.words(`listening.side.${key}`, { who, day: text.day(survey.scoredOn, today) })];
  });
  const hasBoth = ['salesManager', 'accountManager'].every((side) => surveys.some(({ source }) => source === side));
  return [
    { kind: 'heading', words: text.words('listening.card.scores') },
    { kind: 'facts', facts: rows.map((row) => ({ label: labelOf(row), value: scoresOf(row) })) },
    {
      kind: 'note',
      words: [
        ...seen.flatMap((words, index) => (index === 0 ? [words] : [' · ', words])),
        ...(hasBoth || !areAll ? [] : ['\n', text.words('listening.card.oneSide')]),
      ],
    },
  ];
}
const shownOrder = ['salesManager', 'accountManager', 'customer'] as const;

/** What is planned, what is past its day, and what was heard last. */
export function listCard(
  lists: {
    planned: { shown: readonly Listening[]; total: number };
    done: readonly Listening[];
    me: string;
    mayPlan: boolean;
  },
  { text, today }: Reader,
): Card {
  const { planned, done, me, mayPlan } = lists;
  const isDue = (one: Listening) => one.state === 'planned' && one.plannedOn.since(today).sign <= 0;
  const line = (one: Listening): Item => ({
    words: [{ strong: one.account.name }, ' · ', text.day(one.heldOn ?? one.plannedOn, today)],
    detail: [
      one.manager.id === me ? text.words('listening.list.me') : person(one.manager),
      ...(one.state === 'planned' && one.purpose !== null ? [` · ${one.purpose}`] : []),
    ],
    buttons: [
      ...(isDue(one) && one.manager.id === me && mayPlan ? [recordButton(one, text)] : []),
      showButton(one, text),
    ],
  });
  const past = planned.shown.filter((one) => isPastDue(one, today));
  const ahead = planned.shown.filter((one) => !isPastDue(one, today));
  const more = planned.total - planned.shown.length;
  const parts = (
    [
      ['pastDue', past, ahead.length === 0],
      ['planned', ahead, true],
      ['done', done, false],
    ] as const
  ).flatMap(([name, items, isLast]): Part[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', words: text.words(`listening.list.${name}`) },
          {
            kind: 'list',
            items: items.map(line),
            ...(isLast && more > 0 ? { more: text.words('chat.more', { count: more }) } : {}),
          },
        ],
  );
  return {
    title: text.words('listening.list.title'),
    body: [
      ...(parts.length === 0 ? [{ kind: 'words', words: text.words('listening.list.none') } as const] : parts),
      ...(mayPlan
        ? [
            {
              kind: 'buttons',
              buttons: [{ label: text.plain('listening.button.plan'), opens: 'listening.plan', look: 'primary' }],
            } as const,
          ]
        : []),
    ],
  };
}

/** On the morning of the day, or of the first day afterwards on which they work: whom the manager wanted to hear. */
export function reminderCard(items: readonly Listening[], { text, today }: Reader): Card {
  const areToday = items.every(({ plannedOn }) => plannedOn.equals(today));
  return {
    title: text.words(areToday ? 'listening.reminder.title' : 'listening.reminder.waiting', { count: items.length }),
    body: [
      {
        kind: 'list',
        items: items.map((one) => ({
          words: [{ strong: one.account.name }, ' · ', text.day(one.plannedOn, today)],
          ...(one.purpose === null ? {} : { detail: one.purpose }),
          buttons: [recordButton(one, text), showButton(one, text)],
        })),
      },
      { kind: 'note', words: text.words('listening.reminder.note') },
    ],
  };
}
