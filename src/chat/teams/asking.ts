import { setTimeout as wait } from 'node:timers/promises';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import type { Asked, Option } from '../form.ts';
import { type Actor, type Adapter, gestureOf } from './adapter.ts';
import { drawForm, type FormDrawing } from './draw-form.ts';

/** Where people choose colleagues. */
export const colleaguesSource = 'people.colleagues';

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
  const widgets = Object.entries(asked.form.fields)
    .filter(([name]) => !asked.without.includes(name))
    .map(([, field]) => field.widget);
  const sources = new Set(
    widgets.flatMap((widget) =>
      widget.kind === 'lookUp' ? [widget.source] : widget.kind === 'person' ? [colleaguesSource] : [],
    ),
  );
  const [found, channels] = await Promise.all([
    Promise.all(
      [...sources].map(async (source) => [source, await inTime(lookUp(adapter, actor, source, ''))] as const),
    ),
    widgets.some(({ kind }) => kind === 'channel') ? channelOptions(adapter) : [],
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
  return reply.reply === 'options' ? reply.options : [];
}

async function inTime(work: Promise<readonly Option[]>): Promise<readonly Option[]> {
  const waiting = new AbortController();
  const none = wait(patience, [], { signal: waiting.signal }).catch(() => []);
  try {
    return await Promise.race([work, none]);
  } finally {
    waiting.abort();
  }
}

/** The channels that the bot is in; a team's first channel has no name of its own and goes by its team's. */
async function channelOptions({ conversations }: Adapter): Promise<readonly Option[]> {
  const channels = await conversations.store.channels();
  return channels.map(({ conversation, name, teamName }) => ({
    value: conversation,
    label: [teamName, name].filter((part) => part !== null).join(' › ') || conversation,
  }));
}
