import type { KnownBlock, ModalView } from '@slack/types';
import type { Text } from '../../text/text.ts';
import { plain } from '../../text/words.ts';
import { type Asked, labelOf, type PlainAnswers } from '../form.ts';
import { drawItems } from './draw-card.ts';
import { drawField } from './draw-field.ts';
import { inline, paragraph } from './draw-words.ts';
import { blockOf, type Carried, type Origin, pack } from './form-state.ts';
import { limits, plainText } from './limits.ts';

/** What is known of the form besides its questions. */
export interface Drawing {
  origin: Origin;
  touched?: boolean;
  resets?: Carried['resets'];
  /** Said above everything else: what needs another look and belongs to no field that is shown. */
  warning?: string;
}

export const moreDetails = 'more';

/** A form as a modal. Throws when its slice's pointers are larger than Slack allows. */
export function drawForm(asked: Asked, text: Text, drawing: Drawing): ModalView {
  const { form, about, without, expanded } = asked;
  const state: Carried = {
    form: form.name,
    formId: asked.id,
    about: { ...about },
    without: [...without],
    expanded,
    locale: text.locale,
    origin: drawing.origin,
    hidden: hiddenAnswers(asked),
    touched: drawing.touched === true,
    resets: drawing.resets ?? {},
  };
  const metadata = pack(state);
  if (metadata === null) {
    if (expanded) throw new Error(`the form ${form.name} carries too much`);
    // No room to carry what hidden fields start with: they are shown.
    return drawForm({ ...asked, expanded: true }, text, drawing);
  }
  return {
    type: 'modal',
    callback_id: form.name,
    private_metadata: metadata,
    notify_on_close: true,
    title: plainText(text.plain(form.title), limits.viewTitle),
    submit: plainText(text.plain(form.save), limits.viewTitle),
    close: plainText(text.plain('chat.form.cancel'), limits.viewTitle),
    blocks: [
      ...drawTop(asked, drawing.warning),
      ...drawFields(asked, text, state),
      ...(hiddenFields(asked).length > 0 ? [moreButton(text)] : []),
    ].slice(0, limits.blocks.modal),
  };
}

/** Fields behind "More details", which are not on the screen yet. */
export function hiddenFields({ form, without, expanded }: Pick<Asked, 'form' | 'without' | 'expanded'>): string[] {
  if (expanded) return [];
  return Object.entries(form.fields)
    .filter(([name, field]) => field.detail && !without.includes(name))
    .map(([name]) => name);
}

function hiddenAnswers(asked: Asked): PlainAnswers & Carried['hidden'] {
  const given = hiddenFields(asked).map((name) => [name, asked.initial[name]] as const);
  return Object.fromEntries(given.filter(([, answer]) => answer !== undefined && answer !== ''));
}

function drawTop({ intro, offer }: Asked, warning: string | undefined): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  if (warning !== undefined) {
    blocks.push(
      paragraph([
        { type: 'emoji', name: 'warning' },
        { type: 'text', text: ` ${warning}` },
      ]),
    );
  }
  if (offer !== undefined) blocks.push(...drawItems([{ words: offer.words, buttons: [offer.button] }]));
  if (intro !== undefined && plain(intro) !== '') blocks.push(paragraph(inline(intro)));
  return blocks;
}

function drawFields(asked: Asked, text: Text, state: Carried): KnownBlock[] {
  const hidden = hiddenFields(asked);
  return Object.entries(asked.form.fields).flatMap(([name, field]) => {
    if (asked.without.includes(name) || hidden.includes(name)) return [];
    const label = labelOf(name, asked, text);
    const given = { initial: asked.initial[name], options: asked.options[name] ?? [], label };
    return drawField(field, blockOf(name, state), given, text) ?? [];
  });
}

function moreButton(text: Text): KnownBlock {
  const label = plainText(text.plain('chat.form.more'), limits.buttonText);
  return { type: 'actions', elements: [{ type: 'button', action_id: moreDetails, text: label }] };
}
