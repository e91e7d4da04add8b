import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Me } from '../chat/slice.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { ageWords, natureOf, owedWords, quoted, type Reader } from './cards.ts';
import { type FeedbackItem, mayChange } from './feedback.ts';
import { type InboxScope, pointerText, type View, viewText } from './view.ts';

/** Lines of a page: each has buttons below it, and Slack shows fifty blocks. */
export const pageLength = 8;

/** A page as it is to be drawn. */
export interface Page {
  view: View;
  items: readonly FeedbackItem[];
  total: number;
  /** What the inbox can be narrowed to; empty where there is nothing to choose. */
  scopes: readonly InboxScope[];
  /** The account's name, on its own list. */
  accountName: string | null;
  mayAdd: boolean;
  happened: Words | undefined;
}

type PageReader = Reader & { me: Me };

/** What waits for an answer, by the class of the customer; or all that one customer has said. */
export function inboxCard(page: Page, reader: PageReader): Card {
  const { text } = reader;
  const { view, items, total, happened, accountName } = page;
  const title =
    view.of === 'account'
      ? text.words('feedback.list.account', { account: { strong: accountName ?? '' } })
      : text.words(`feedback.inbox.${view.of}`);
  const body: Part[] = happened === undefined ? [] : [{ kind: 'words', words: happened }];
  if (items.length === 0) body.push({ kind: 'words', words: text.words(noneOf(page)) });
  const until = view.from + items.length;
  const more =
    total > items.length && items.length > 0
      ? { more: text.words('feedback.list.page', { from: view.from + 1, to: until, total }) }
      : {};
  const groups = view.of === 'account' ? [items] : [...Map.groupBy(items, (one) => one.accountClass).values()];
  groups.forEach((group, index) => {
    const [first] = group;
    if (view.of !== 'account' && first)
      body.push({ kind: 'heading', words: text.words(`accounts.class.${first.accountClass}`) });
    const isLast = index === groups.length - 1;
    body.push({ kind: 'list', items: group.map((one) => lineOf(one, view, reader)), ...(isLast ? more : {}) });
  });
  const buttons = buttonsOf(page, until, reader);
  if (buttons.length > 0) body.push({ kind: 'buttons', buttons });
  return { title, body };
}

const openButton = (one: FeedbackItem, text: Reader['text']): Button => ({
  label: text.plain('feedback.button.open'),
  spoken: text.plain('feedback.button.openOf', { account: cut(one.account.name, 50) }),
  does: 'feedback.show',
  about: one.id,
});

/** A feedback outside of its lists: what was said, until when it is to be answered, and a button that shows it all. */
export const standingLine = (one: FeedbackItem, reader: Reader): Item => ({
  words: [{ strong: one.account.name }, ' ', quoted(one.words, reader.text, 120)],
  detail: one.state === 'open' ? owedWords(one, reader) : reader.text.plain(`feedback.state.${one.state}`),
  buttons: [openButton(one, reader.text)],
});

const noneOf = ({ view }: Page) => (view.of === 'account' ? 'feedback.list.none' : 'feedback.inbox.none');

function lineOf(one: FeedbackItem, view: View, reader: PageReader): Item {
  const { text, me } = reader;
  const about = pointerText({ id: one.id, view: viewText(view) });
  const spoken = { account: cut(one.account.name, 50) };
  const buttons: Button[] = [openButton(one, text)];
  if (mayChange(one, me) && one.state !== 'closed') {
    const next = one.state === 'open' ? 'answer' : 'close';
    buttons.unshift({
      label: text.plain(`feedback.button.${next}`),
      spoken: text.plain(`feedback.button.${next}Of`, spoken),
      opens: `feedback.${next}`,
      about,
    });
    buttons.push({
      label: text.plain('feedback.button.assign'),
      spoken: text.plain('feedback.button.assignOf', spoken),
      opens: 'feedback.assign',
      about,
    });
  }
  const state: Words = one.state === 'open' ? owedWords(one, reader) : text.plain(`feedback.state.${one.state}`);
  return {
    words:
      view.of === 'account' ? quoted(one.words, text) : [{ strong: one.account.name }, ' ', quoted(one.words, text)],
    detail: [natureOf(one, text), ' · ', ageWords(one, reader), ' · ', state],
    buttons,
  };
}

function buttonsOf({ view, total, scopes, mayAdd }: Page, until: number, { text }: PageReader): Button[] {
  const to = (next: View, key: 'earlier' | 'more'): Button => ({
    label: text.plain(`feedback.button.${key}`),
    does: 'feedback.turn',
    about: viewText(next),
  });
  const add: Button[] =
    view.of === 'account'
      ? [{ label: text.plain('feedback.button.add'), opens: 'feedback.add', about: `account:${view.id}` }]
      : [{ label: text.plain('feedback.button.add'), opens: 'feedback.add' }];
  return [
    ...(view.from > 0 ? [to({ ...view, from: Math.max(0, view.from - pageLength) }, 'earlier')] : []),
    ...(until < total ? [to({ ...view, from: until }, 'more')] : []),
    ...scopes
      .filter((scope) => scope !== view.of)
      .map(
        (scope): Button => ({
          label: text.plain(`feedback.scope.${scope}`),
          does: 'feedback.turn',
          about: viewText({ of: scope, from: 0 }),
        }),
      ),
    ...(mayAdd ? add : []),
  ];
}
