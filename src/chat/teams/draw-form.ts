import type {
  IActionSet,
  IAdaptiveCard,
  IExecuteAction,
  ISubmitAction,
  IToggleVisibilityAction,
} from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import type { Words } from '../../text/words.ts';
import { type Asked, type Field, labelOf, type Option, type Problems } from '../form.ts';
import { drawButtons, send } from './draw-button.ts';
import { asAdaptiveCard, drawWarning, said } from './draw-card.ts';
import { drawField } from './draw-field.ts';
import { type Element, heading, paragraph, runs, unmarked } from './draw-words.ts';
import type { Carried, Origin } from './form-state.ts';
import { fitting, type Room, type Surface } from './limits.ts';
import type { Press } from './press.ts';

/** What is known of the form besides its questions. The text's locale is carried by the buttons. */
export interface FormDrawing {
  surface: Surface;
  /** `aadObjectId` of the only person who may press its buttons. */
  owner: string;
  origin: Origin;
  /** A sentence for each field that needs another answer. */
  problems?: Problems;
  /** Said above everything else: what needs another look and belongs to no field that is drawn. */
  notice?: string;
  /** What person fields offer where nothing can be found while typing; values are person ids. */
  colleagues: readonly Option[];
  /** What channel fields offer; values are the platform's ids. */
  channels: readonly Option[];
  /** By look-up source: what look-ups offer where nothing can be found while typing. */
  choices: Readonly<Record<string, readonly Option[]>>;
  /** The file that was handed over in answer to a file field. Its pointer comes back with the form's answers. */
  file?: { name: string; pointer: string };
}

/** Parts of a form that a client shows and hides by itself. No field can have such a name. */
const ids = { details: 'kam-details', more: 'kam-more' };

/** A form as an Adaptive Card, within Teams' limits. Throws when what it starts with is larger than Teams allows. */
export function drawForm(asked: Asked, text: Text, drawing: FormDrawing): IAdaptiveCard {
  return fitting(
    (room) => drawIn({ ...drawing, asked, text, room }),
    () => {
      // Answers and pointers are not cut: half of them would be saved.
      throw new Error(`the form ${asked.form.name} carries too much`);
    },
  );
}

/** A form on its way onto a card. */
type Way = FormDrawing & { asked: Asked; text: Text; room: Room };

function drawIn(way: Way): IAdaptiveCard {
  const { asked, text, problems = {} } = way;
  const fields = Object.entries(asked.form.fields)
    .filter(([name]) => !asked.without.includes(name))
    .map(([name, field]) => ({ name, field, elements: drawAnswer(name, field, way) }))
    .filter(({ elements }) => elements.length > 0);
  // What must be answered is never hidden: a client would not send the form, and would not show why.
  const details = fields.filter(({ field }) => field.detail && !field.required);
  const shown = fields.filter((field) => !details.includes(field)).flatMap(({ elements }) => elements);
  const hidden = details.flatMap(({ elements }) => elements);
  const isOpen = asked.expanded || hidden.length === 0 || details.some(({ name }) => name in problems);
  const top = drawTop(new Set(fields.map(({ name }) => name)), way);
  return {
    ...asAdaptiveCard([...top, ...shown, ...(isOpen ? hidden : behindMore(hidden, text))]),
    actions: [
      sendForm({ do: 'save', ...carried(way) }, text.plain(asked.form.save), way),
      sendForm({ do: 'cancel', ...carried(way) }, text.plain('chat.form.cancel'), way),
    ],
  };
}

function drawTop(drawn: ReadonlySet<string>, way: Way): Element[] {
  const { asked, text, notice = '', problems = {}, room, surface } = way;
  const homeless = Object.entries(problems).filter(([name]) => !drawn.has(name));
  const warnings = [notice, ...homeless.map(([, problem]) => problem)].filter((warning) => warning.trim() !== '');
  return [
    // A dialog has a title of its own.
    ...(surface === 'dialog' ? [] : [heading(text.plain(asked.form.title), 'Large')]),
    ...warnings.map((warning) => drawWarning(warning, room)),
    ...(asked.offer === undefined
      ? []
      : [...said(asked.offer.words, room), ...drawButtons([asked.offer.button], surface, { inForm: true })]),
    ...(asked.intro === undefined ? [] : said(asked.intro, room)),
  ];
}

/** A field with what is wrong with its answer and what depends on it. */
function drawAnswer(name: string, field: Field, way: Way): Element[] {
  const { asked, text, room, problems = {}, file } = way;
  const label = unmarked(labelOf(name, asked, text));
  const given = { label, initial: asked.initial[name], options: offeredBy(name, field, way), file };
  const [input, ...rest] = drawField(name, field, given, { text, room });
  if (input === undefined) return [];
  const problem = problems[name];
  return [
    { ...input, spacing: 'Medium' },
    ...rest,
    ...(problem === undefined ? [] : [drawProblem(name, problem, way)]),
    ...(field.widget.kind === 'lookUp' && field.widget.changesForm ? [showDependent(name, way)] : []),
  ];
}

/** Everything that a field offers; what its initial answer is called comes first. */
function offeredBy(name: string, { widget }: Field, { asked, choices, colleagues, channels }: Way): readonly Option[] {
  const given = asked.options[name] ?? [];
  if (widget.kind === 'lookUp') return [...given, ...(choices[widget.source] ?? [])];
  if (widget.kind === 'person') return [...given, ...colleagues];
  return widget.kind === 'channel' ? channels : given;
}

/** Says which field it is about: a screen reader reads it apart from the field. */
function drawProblem(name: string, problem: string, { asked, text, room }: Way): Element {
  const words: Words = ['⚠️ ', { strong: labelOf(name, asked, text) }, `: ${problem}`];
  return paragraph(runs(words, { color: 'Attention' }), room.words, { spacing: 'Small' });
}

function showDependent(field: string, way: Way): IActionSet {
  const button = sendForm({ do: 'change', field, ...carried(way) }, way.text.plain('chat.form.dependent'), way);
  return { type: 'ActionSet', spacing: 'Small', actions: [button] };
}

function behindMore(hidden: Element[], text: Text): Element[] {
  const toggle: IToggleVisibilityAction = {
    type: 'Action.ToggleVisibility',
    title: text.plain('chat.form.more'),
    targetElements: [ids.details, ids.more],
  };
  return [
    { type: 'ActionSet', id: ids.more, spacing: 'Medium', actions: [toggle] },
    { type: 'Container', id: ids.details, isVisible: false, spacing: 'Medium', items: hidden },
  ];
}

/** A card has no input for files, so the pointer to the file comes back in the place of one. */
function sendForm(press: Press, label: string, { asked, surface, file }: Way): IExecuteAction | ISubmitAction {
  const field = Object.entries(asked.form.fields).find(([, { widget }]) => widget.kind === 'file')?.[0];
  return send(press, surface, label, {
    ...(press.do === 'save' ? { style: 'positive' } : {}),
    ...(file === undefined || field === undefined || press.do === 'cancel' ? {} : { data: { [field]: file.pointer } }),
  });
}

function carried({ asked, text, owner, origin }: Way): Carried {
  const { form, id, about, without, expanded } = asked;
  const state = { form: form.name, formId: id, about: { ...about }, without: [...without], expanded };
  return { ...state, locale: text.locale, owner, origin };
}
