import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import type { Asked, Option, Widget } from '../form.ts';
import { inTime } from '../in-time.ts';
import { type Actor, type Adapter, gestureOf } from './adapter.ts';
import { labelOf } from './conversations.ts';
import { colleaguesSource } from './draw-field.ts';
import { drawForm, type FormDrawing } from './draw-form.ts';

/** Milliseconds that a form waits for the choices it starts with; what comes later is found while typing. */
const patience = 300;

/** What a form is drawn with besides its questions and what is looked up here. */
export type Drawing = Pick<FormDrawing, 'surface' | 'origin'> &
  Partial<Pick<FormDrawing, 'problems' | 'notice' | 'file'>>;

/** Draws a form for the one who acts, with what its menus offer to clients that cannot look things up while typing. */
export async function drawAsked(
  adapter: Adapter,
  actor: Actor,
  asked: Asked,
  text: Text,
  drawing: Drawing,
): Promise<IAdaptiveCard> {
  adapter.memory.drew(asked);
  adapter.waiting.shown(actor.user, asked, text, drawing.file !== undefined);
  const fields = Object.entries(asked.form.fields)
    .filter(([name]) => !asked.without.includes(name))
    .map(([name, { widget }]) => ({ widget, source: sourceOf(widget), answer: asked.initial[name] }));
  const sources = new Set(fields.flatMap(({ source }) => source ?? []));
  const offered = async (source: string) => {
    const chosen = fields.filter((field) => field.source === source).flatMap(({ answer }) => answer);
    const values = chosen.filter((value) => typeof value === 'string');
    const options = await inTime(lookUp(adapter, actor, source, ''), patience, []);
    // What was chosen has its words, also when it was found by typing.
    const found = adapter.offered.find(actor.user, source, values);
    return [source, [...found.filter(({ value }) => !options.some((one) => one.value === value)), ...options]] as const;
  };
  const [found, channels] = await Promise.all([
    Promise.all([...sources].map(offered)),
    fields.some(({ widget }) => widget.kind === 'channel') ? channelOptions(adapter) : [],
  ]);
  const choices: Record<string, readonly Option[]> = Object.fromEntries(found);
  const colleagues = choices[colleaguesSource] ?? [];
  return drawForm(asked, text, { ...drawing, owner: actor.user, choices, colleagues, channels });
}

/** What a look-up finds. Dispatch never throws, and answers nothing when something is wrong. */
export async function lookUp(
  adapter: Adapter,
  actor: Actor,
  source: string,
  query: string,
): Promise<readonly Option[]> {
  const what = { did: 'lookedUp', source, query } as const;
  const { reply } = await adapter.dispatch(gestureOf(adapter, actor, what, { step: source }));
  if (reply.reply !== 'options') return [];
  if (source !== colleaguesSource) return reply.options;
  // Who has not spoken to the bot yet can be chosen too, and is known by that.
  return [...reply.options, ...(await adapter.rosters.find(query, reply.options, patience))];
}

/** Where a question's answers are looked up. */
const sourceOf = (widget: Widget): string | null =>
  widget.kind === 'lookUp' ? widget.source : widget.kind === 'person' ? colleaguesSource : null;

/** The channels that the bot is in. */
async function channelOptions({ conversations }: Adapter): Promise<readonly Option[]> {
  const channels = await conversations.channels(patience);
  return channels.map((channel) => ({ value: channel.conversation, label: labelOf(channel) }));
}
