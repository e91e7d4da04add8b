import type { AccountClass } from '../accounts/index.ts';
import type { Button, Item, Part } from '../chat/card.ts';
import type { Call } from '../chat/slice.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { firstOf } from './page.ts';

export const heading = (words: Words): Part => ({ kind: 'heading', words });
export const note = (words: Words): Part => ({ kind: 'note', words });
/** Those that are there, in a row; nothing when none is. */
export const buttonRow = (...buttons: (Button | false)[]): Part[] => {
  const those = buttons.filter((button) => button !== false);
  return those.length === 0 ? [] : [{ kind: 'buttons', buttons: those }];
};

/** The first lines of a list; when there are more, how many, and the way to all of them. */
export function listed<T>(
  text: Text,
  list: { all: readonly T[]; max: number; total?: number; whole?: Button },
  draw: (one: T) => Item,
): Part[] {
  const { shown, more } = firstOf(list.all, list.max, list.total);
  const rest = more > 0 ? { more: text.words('chat.more', { count: more }) } : {};
  return [
    { kind: 'list', items: shown.map(draw), ...rest },
    ...buttonRow(more > 0 && list.whole !== undefined && list.whole),
  ];
}

/** A customer whose visit is due. */
interface Waiting {
  id: string;
  name: string;
  class: AccountClass;
  lastVisitOn: Call['today'] | null;
}

/** Who it is and when somebody was there last; `logs`: with the button that logs a visit there. */
export function waitingLine({ id, name, class: of, lastVisitOn }: Waiting, { text, today }: Call, logs: boolean): Item {
  const last =
    lastVisitOn === null
      ? text.plain('home.accounts.never')
      : text.plain('home.accounts.last', { day: text.day(lastVisitOn, today) });
  const buttons: Button[] = [
    {
      label: text.plain('home.button.logHere'),
      spoken: text.plain('home.button.logHereOf', { account: cut(name, 50) }),
      opens: 'visits.log',
      about: id,
    },
  ];
  return {
    words: { strong: name },
    detail: `${text.plain(`accounts.class.${of}`)} · ${last}`,
    ...(logs ? { buttons } : {}),
  };
}

/** For who only reads along. */
export const withoutButtons = ({ buttons: _, ...item }: Item): Item => item;
