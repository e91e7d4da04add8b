import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { nearestLocale } from '../../text/locale.ts';
import { type Text, textIn } from '../../text/text.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Form } from '../form.ts';
import type { FormMemory } from '../form-memory.ts';
import type { Gesture, Place, What } from '../gesture.ts';
import type { Work } from '../work.ts';
import type { Connectors, Where } from './calls.ts';
import type { Conversations } from './conversations.ts';
import type { FileShelf } from './files.ts';
import type { Offered } from './offered.ts';
import { type Activity, kindOf } from './payloads.ts';
import type { Pictures } from './pictures.ts';
import { readProfile } from './profile.ts';
import type { Rosters } from './rosters.ts';
import type { SavedForms } from './saved-forms.ts';
import type { Speakers } from './speakers.ts';
import type { WaitingForms } from './waiting-forms.ts';

/** What every entrance of the adapter works with. */
export interface Adapter {
  /** The tenant, as the bot's workspace knows it. */
  readonly tenantId: string;
  /** Whether somebody with this address may set up the bot. */
  readonly mayAdminister: (email: string | null) => boolean;
  readonly dispatch: Dispatch;
  readonly formNamed: (name: string) => Form | undefined;
  readonly connectors: Connectors;
  readonly conversations: Conversations;
  readonly pictures: Pictures;
  readonly memory: FormMemory;
  readonly saved: SavedForms;
  readonly offered: Offered;
  readonly shelf: FileShelf;
  readonly waiting: WaitingForms;
  readonly rosters: Rosters;
  readonly speakers: Speakers;
  readonly work: Work;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who acts, and where. */
export interface Actor {
  /** The activity's id, unique in its conversation. */
  id: string;
  /** The person's Entra object id, by which the whole tenant knows them. */
  user: string;
  /** By which this bot knows them. */
  teamsId: string;
  name: string | null;
  locale: string | null;
  timeZone: string | null;
  /** The conversation, or the thread of a channel. */
  where: Where;
  kind: 'personal' | 'groupChat' | 'channel';
  /** It was said so that only the bot heard it among others, and is answered so. */
  targeted: boolean;
}

/** Reads who acts; null when Teams does not say who it is in the tenant (another bot, an anonymous guest of a meeting). */
export function actorOf(activity: Activity): Actor | null {
  const { from, conversation, serviceUrl, recipient } = activity;
  if (typeof from.aadObjectId !== 'string') return null;
  const where = { serviceUrl, conversation: conversation.id };
  return {
    id: `${conversation.id}/${activity.id ?? ''}`,
    user: from.aadObjectId,
    teamsId: from.id,
    name: from.name ?? null,
    locale: clientLocale(activity) ?? activity.locale ?? null,
    timeZone: activity.localTimezone ?? null,
    where,
    kind: kindOf(conversation),
    targeted: recipient.isTargeted === true,
  };
}

/** The language of the person's own client, which Teams says beside what the activity is in. */
function clientLocale(activity: Activity): string | null {
  const info = activity.entities?.find((entity) => entity.type === 'clientInfo');
  return typeof info?.locale === 'string' ? info.locale : null;
}

/** The words of the language that the person's client speaks, where nobody was asked who they are. */
export const wordsOf = ({ locale }: Actor): Text => textIn(nearestLocale(locale) ?? 'en', manner.address);

/** Commands are plain words, and forms name people of ours. */
export const manner: Gesture['manner'] = { address: '', colleagues: 'people' };

/** A gesture of one of the tenant's people. `step` tells several gestures of one activity apart. */
export function gestureOf(
  adapter: Adapter,
  actor: Actor,
  what: What,
  at: { place?: Place; step?: string } = {},
): Gesture {
  return {
    id: at.step === undefined ? actor.id : `${actor.id}/${at.step}`,
    from: { platform: 'teams', workspace: adapter.tenantId, user: actor.user },
    place: at.place ?? placeOf(actor),
    manner,
    what,
    profile: (userId) => readProfile(adapter, userId, actor),
    file: (pointer, maxBytes) => adapter.shelf.read(actor.user, pointer, maxBytes),
  };
}

export function placeOf({ kind, where }: Actor, message?: string): Place {
  return {
    kind: kind === 'personal' ? 'direct' : 'channel',
    conversation: where.conversation,
    ...(message === undefined ? {} : { message }),
  };
}
