import type { DueAccount } from '../accounts/index.ts';
import type { ActionList } from '../actions/index.ts';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Call } from '../chat/slice.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Visit } from '../visits/index.ts';
import { cut, isEmpty, lines, type Page } from './page.ts';

/** Draws a page's lines of actions: known to the actions slice. */
export interface Drawing {
  call: Call;
  line(action: ActionList['actions'][number]): Item;
  /** What just happened, above everything. */
  happened: readonly Part[];
}

const heading = (words: Words): Part => ({ kind: 'heading', words });
const note = (words: Words): Part => ({ kind: 'note', words });

function listed<T>(text: Text, all: readonly T[], max: number, draw: (one: T) => Item, total?: number): Part {
  const { shown, more } = cut(all, max, total);
  const rest = more > 0 ? { more: text.words('chat.more', { count: more }) } : {};
  return { kind: 'list', items: shown.map(draw), ...rest };
}

const logButton = (text: Text): Button => ({
  label: text.plain('home.button.log'),
  opens: 'visits.log',
  look: 'primary',
});
const actionsButton = (text: Text): Button => ({ label: text.plain('home.button.actions'), does: 'actions.mine' });

function dueAccount({ account, lastVisitOn }: DueAccount, { text, today }: Call, logs: boolean): Item {
  const last =
    lastVisitOn === null
      ? text.plain('home.accounts.never')
      : text.plain('home.accounts.last', { day: text.day(lastVisitOn, today) });
  const buttons: Button[] = [
    {
      label: text.plain('home.button.logHere'),
      spoken: text.plain('home.button.logHereOf', { account: account.name.slice(0, 50) }),
      opens: 'visits.log',
      about: account.id,
    },
  ];
  return {
    words: { strong: account.name },
    detail: `${text.plain(`accounts.class.${account.class}`)} · ${last}`,
    ...(logs ? { buttons } : {}),
  };
}

const visited = (visit: Visit, { text, today }: Call): Item => ({
  words: { strong: visit.account.name },
  detail: `${text.plain(`visits.kind.${visit.kind}`)} · ${text.day(visit.date, today)}`,
});

const accountsPart = (page: Page, call: Call): Part[] => {
  const { text } = call;
  const due = page.dueAccounts;
  return [
    heading(text.words('home.accounts.heading')),
    due.length === 0
      ? note(text.words('home.accounts.none'))
      : listed(text, due, lines.accounts, (one) => dueAccount(one, call, page.logs)),
  ];
};

function teamPart(page: Page, { call, line }: Drawing): Part[] {
  if (page.team === null || page.team.total === 0) return [];
  const { text } = call;
  const quiet = (action: ActionList['actions'][number]): Item => {
    const { buttons: _, ...item } = line(action);
    return item;
  };
  return [
    heading(text.words('home.team.heading')),
    listed(text, page.team.actions, lines.team, quiet, page.team.total),
  ];
}

/** The page of somebody who has nothing here yet: what to do first. */
function startParts({ logs }: Page, { text }: Call): Part[] {
  if (!logs) return [{ kind: 'words', words: text.words('home.observer') }];
  const example = { strong: text.words('home.start.quickExample') };
  return [
    { kind: 'words', words: text.words('home.start.words') },
    {
      kind: 'list',
      items: [{ words: text.words('home.start.log') }, { words: text.words('home.start.quick', { command: example }) }],
    },
    {
      kind: 'buttons',
      buttons: [logButton(text), { label: text.plain('home.button.addAccount'), opens: 'accounts.add' }],
    },
  ];
}

/** The person's own page. */
export function homeCard(page: Page, drawing: Drawing): Card {
  const { call, line, happened } = drawing;
  const { text, me } = call;
  const title = text.words('home.title', { name: me.name });
  if (isEmpty(page)) return { title, body: [...happened, ...startParts(page, call), ...teamPart(page, drawing)] };
  return {
    title,
    body: [
      { kind: 'buttons', buttons: [...(page.logs ? [logButton(text)] : []), actionsButton(text)] },
      ...happened,
      heading(text.words('home.actions.heading')),
      page.actions.total === 0
        ? note(text.words('home.actions.none'))
        : listed(text, page.actions.actions, lines.actions, line, page.actions.total),
      ...accountsPart(page, call),
      heading(text.words('home.visits.heading')),
      page.visits.length === 0
        ? note(text.words('home.visits.none'))
        : listed(text, page.visits, lines.visits, (visit) => visited(visit, call)),
      ...teamPart(page, drawing),
    ],
  };
}

/** What is due today, whom to visit, what was logged. */
export function todayCard(page: Page, { call, line, happened }: Drawing): Card {
  const { text, today } = call;
  return {
    title: text.words('home.today.title', { day: text.day(today, today) }),
    body: [
      ...happened,
      heading(text.words('home.actions.dueHeading')),
      page.actions.total === 0
        ? note(text.words('home.actions.noneDue'))
        : listed(text, page.actions.actions, lines.actions, line, page.actions.total),
      ...accountsPart(page, call),
      heading(text.words('home.visits.todayHeading')),
      page.visits.length === 0
        ? note(text.words('home.visits.noneToday'))
        : listed(text, page.visits, lines.visits, (visit) => visited(visit, call)),
      { kind: 'buttons', buttons: [...(page.logs ? [logButton(text)] : []), actionsButton(text)] },
    ],
  };
}
