/** What every field shares: its answer, what a change of it sets off, and how it is labelled. */
import type { ActionPlace } from '../protocol.ts';
import { confirmed, press } from './acts.ts';
import { type Answer, answer, initialAnswer } from './answers.ts';
import type { Element } from './block-kit.ts';
import { change, fieldKey, held } from './store.ts';

/** One element that holds an answer, where it stands. */
export interface Field {
  place: ActionPlace;
  blockId: string;
  element: Element;
  /** In a section or actions block, or an input with `dispatch_action`: each change is told to the app. */
  dispatches: boolean;
  /** The element that labels it, or the label itself when nothing on the page does. */
  labelledBy?: string;
  label?: string;
  required?: boolean;
  /** Ids of the hint and the sentence that says what is wrong. */
  describedBy?: string;
  wrong: boolean;
}

const ids = new Map<string, string>();

/** A short id for the document, the same for the same field in every drawing. */
export function idOf(field: Pick<Field, 'place' | 'blockId' | 'element'>): string {
  const key = keyOf(field);
  const known = ids.get(key) ?? `field-${ids.size}`;
  ids.set(key, known);
  return known;
}

/** The field's key in the state. */
export const keyOf = ({ place, blockId, element }: Pick<Field, 'place' | 'blockId' | 'element'>): string =>
  fieldKey(place, blockId, element.action_id ?? '');

/** What the field holds now. */
export const given = ({ place, blockId, element }: Field): Answer =>
  held(place, blockId, element.action_id ?? '', element.type) ?? initialAnswer(element);

/** Fills the field; the app is told when it listens to each change. */
export async function fill(field: Field, value: unknown, dispatch = field.dispatches): Promise<void> {
  if (dispatch && !(await confirmed(field.element.confirm))) return change(() => {});
  const entered = answer(field.element, value);
  change((now) => {
    now.answers.set(keyOf(field), entered);
    if (field.place.in === 'view') now.faults.get(field.place.viewId)?.delete(field.blockId);
  });
  if (dispatch) await press(field.place, field.blockId, field.element, entered);
}
