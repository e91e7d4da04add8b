import type { Temporal } from 'temporal-polyfill';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Me } from '../chat/slice.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Action, type ActionList, daysUntil, mayChange } from './action.ts';
import { pointerText, type View, viewText } from './view.ts';

/** Lines of a list; the rest is counted. */
export const shown = 10;

/** For whom it is drawn. */
export interface Reading {
  me: Me;
  text: Text;
  today: Temporal.PlainDate;
}

/** A due day as people say it; a day that is over is said, and that is all. */
export function dueWords(dueOn: Temporal.PlainDate | null, { text, today }: Pick<Reading, 'text' | 'today'>): string {
  if (dueOn === null) return text.plain('actions.line.noDay');
  const days = daysUntil(dueOn, today);
  if (days === 0) return text.plain('actions.line.today');
  return text.plain(days < 0 ? 'actions.line.past' : 'actions.line.due', { day: text.day(dueOn, today) });
}

/** One action as a line, with the buttons that this person may press. `done` takes the place of the button's action. */
export function actionLine(action: Action, reading: Reading, view: View, done = 'actions.done'): Item {
  const { me, text } = reading;
  const parts: Words[] = [
    view.of === 'account' ? '' : action.account.name,
    dueWords(action.dueOn, reading),
    action.owner.id === me.id ? '' : text.words('actions.line.owner', { name: action.owner.name }),
  ].filter((part) => part !== '');
  const about = pointerText({ id: action.id, view });
  const spoken = { text: cut(action.text, 60) };
  const buttons: Button[] = [
    {
      label: text.plain('actions.button.done'),
      spoken: text.plain('actions.button.doneOf', spoken),
      does: done,
      about,
    },
    {
      label: text.plain('actions.button.later'),
      spoken: text.plain('actions.button.laterOf', spoken),
      opens: 'actions.later',
      about,
    },
    {
      label: text.plain('actions.button.reassign'),
      spoken: text.plain('actions.button.reassignOf', spoken),
      opens: 'actions.reassign',
      about,
    },
  ];
  const from: Button[] =
    action.feedbackId === null
      ? []
      : [
          {
            label: text.plain('actions.button.feedback'),
            spoken: text.plain('actions.button.feedbackOf', spoken),
            does: 'feedback.show',
            about: action.feedbackId,
          },
        ];
  return {
    words: { strong: action.text },
    detail: parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part])),
    ...(mayChange(action, me) || from.length > 0
      ? { buttons: [...(mayChange(action, me) ? buttons : []), ...from] }
      : {}),
  };
}

/** A list with what just happened above it. */
export function listCard(
  list: ActionList,
  reading: Reading,
  options: { view: View; name: string | null; happened?: readonly Part[] },
): Card {
  const { text } = reading;
  const { view, name, happened = [] } = options;
  const title = !('id' in view) ? 'due' : name === null ? 'mine' : view.of;
  const none = name !== null ? 'noneElse' : 'id' in view ? 'none' : 'noneDue';
  const more = list.total - Math.min(list.actions.length, shown);
  const parts: Part[] = [...happened];
  if (list.actions.length === 0) parts.push({ kind: 'words', words: text.words(`actions.list.${none}`) });
  else
    parts.push({
      kind: 'list',
      items: list.actions.slice(0, shown).map((action) => actionLine(action, reading, view)),
      ...(more > 0 ? { more: text.words('chat.more', { count: more }) } : {}),
    });
  parts.push({
    kind: 'buttons',
    buttons: [
      { label: text.plain('actions.button.logVisit'), opens: 'visits.log' },
      ...(name === null && 'id' in view ? [] : [allMine(text)]),
    ],
  });
  return { title: text.words(`actions.list.${title}`, name === null ? {} : { name }), body: parts };
}

const allMine = (text: Text): Button => ({ label: text.plain('actions.button.all'), does: 'actions.mine' });

/** What was just done, with the way back. */
export function happenedParts(words: Words, back: { label: string; does: string; about: string } | null): Part[] {
  const said: Part = { kind: 'words', words };
  return back === null ? [said] : [said, { kind: 'buttons', buttons: [back] }];
}

/** A next step that was just added. */
export const addedCard = (action: Action, reading: Reading): Card => ({
  title: reading.text.words('actions.added', { text: action.text }),
  body: [
    { kind: 'list', items: [actionLine(action, reading, { of: 'person', id: reading.me.id })] },
    {
      kind: 'buttons',
      buttons: [{ label: reading.text.plain('actions.button.logVisit'), opens: 'visits.log' }, allMine(reading.text)],
    },
  ],
});

/** Several customers or colleagues may be meant. */
export const chooseCard = (name: string, choices: readonly { view: View; name: string }[], text: Text): Card => ({
  title: text.words('actions.choose.title'),
  body: [
    { kind: 'words', words: text.words('actions.choose.words', { name }) },
    {
      kind: 'buttons',
      buttons: choices.map((one) => ({ label: one.name, does: 'actions.show', about: viewText(one.view) })),
    },
  ],
});

/** What a reminder says of one action. */
export interface DueLine {
  id: string;
  text: string;
  accountName: string;
  dueOn: Temporal.PlainDate;
  /** Whose it was, when they have left. */
  leftBy: string | null;
}

/** The reminder of everything of one person that is due at once. */
export function reminderCard(due: readonly DueLine[], reading: Pick<Reading, 'text' | 'today'>): Card {
  const { text } = reading;
  const button = (line: DueLine, what: 'done' | 'later' | 'reassign', way: { does: string } | { opens: string }) => ({
    label: text.plain(`actions.button.${what}`),
    spoken: text.plain(`actions.button.${what}Of`, { text: cut(line.text, 60) }),
    about: pointerText({ id: line.id, view: { of: 'due' } }),
    ...way,
  });
  const items = due.slice(0, shown).map((line): Item => {
    const detail = [line.accountName, dueWords(line.dueOn, reading)].join(' · ');
    const left = line.leftBy === null ? '' : `\n${text.plain('actions.reminder.left', { name: line.leftBy })}`;
    const change = line.leftBy === null ? 'later' : 'reassign';
    return {
      words: { strong: line.text },
      detail: `${detail}${left}`,
      buttons: [button(line, 'done', { does: 'actions.done' }), button(line, change, { opens: `actions.${change}` })],
    };
  });
  const more = due.length - items.length;
  const title =
    due.length === 1
      ? text.words('actions.reminder.one')
      : text.words('actions.reminder.several', { count: due.length });
  return {
    title,
    body: [
      { kind: 'list', items, ...(more > 0 ? { more: text.words('chat.more', { count: more }) } : {}) },
      {
        kind: 'buttons',
        buttons: [{ label: text.plain('actions.button.logVisit'), opens: 'visits.log' }, allMine(text)],
      },
    ],
  };
}

/** Tells somebody that a next step is theirs now. */
export const toldCard = (
  told: { id: string; text: string; accountName: string; dueOn: Temporal.PlainDate | null; by: string },
  reading: Pick<Reading, 'text' | 'today'>,
): Card => {
  const { text } = reading;
  const about = pointerText({ id: told.id, view: { of: 'due' } });
  return {
    title: text.words('actions.told.title', { name: told.by }),
    body: [
      {
        kind: 'list',
        items: [
          {
            words: { strong: told.text },
            detail: `${told.accountName} · ${dueWords(told.dueOn, reading)}`,
            buttons: [
              { label: text.plain('actions.button.done'), does: 'actions.done', about },
              { label: text.plain('actions.button.later'), opens: 'actions.later', about },
              { label: text.plain('actions.button.reassign'), opens: 'actions.reassign', about },
            ],
          },
        ],
      },
      { kind: 'buttons', buttons: [allMine(text)] },
    ],
  };
};
