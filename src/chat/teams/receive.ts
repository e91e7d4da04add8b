import { z } from 'zod';
import { inTime } from '../in-time.ts';
import { type Actor, type Adapter, actorOf, gestureOf } from './adapter.ts';
import { heardOf } from './conversations.ts';
import type { InvokeAnswer } from './on-invoke.ts';
import { onInvoke } from './on-invoke.ts';
import { onMessage } from './on-message.ts';
import { onConversationChange, onInstallation } from './on-place.ts';
import type { Once } from './once.ts';
import { Lanes } from './pace.ts';
import { type Activity, activity as anyActivity, invoke, message } from './payloads.ts';
import { readProfile } from './profile.ts';

/** What an activity is answered with; messages and news need no answer of their own. */
export type Answer = InvokeAnswer | undefined;

/**
 * Hands everything that Teams sends to its handler, once: a client that waited too long sends it again. What cannot be
 * read is answered so that it is not repeated, and said in the log.
 */
export function receiver(adapter: Adapter, once: Once<Answer>): (body: unknown) => Promise<Answer> {
  const { work, log } = adapter;
  const lanes = new Lanes();
  return (body) => {
    const read = anyActivity.safeParse(body);
    if (!read.success) {
      log.warn({ fields: fieldsOf(read.error) }, 'could not read an activity');
      return Promise.resolve({ status: 400 });
    }
    const { id, conversation, type } = read.data;
    // What is told of one place is taken one after the other: an installation comes as two activities at one moment.
    const take = () =>
      work.follow(
        aboutPlaces.has(type)
          ? lanes.run(conversation.id, () => handle(adapter, read.data))
          : handle(adapter, read.data),
      );
    return typeof id === 'string' ? once.do(`${type}/${conversation.id}/${id}`, take) : take();
  };
}

const aboutPlaces: ReadonlySet<string> = new Set(['installationUpdate', 'conversationUpdate']);

const fieldsOf = (error: z.ZodError) => error.issues.map((issue) => issue.path.join('.'));

async function handle(adapter: Adapter, activity: Activity): Promise<Answer> {
  const { log } = adapter;
  try {
    switch (activity.type) {
      case 'message':
        await heard(adapter, activity);
        await onMessage(adapter, message.parse(activity));
        return undefined;
      case 'invoke':
        await heard(adapter, activity);
        return await onInvoke(adapter, invoke.parse(activity));
      case 'installationUpdate':
        await onInstallation(adapter, activity);
        return undefined;
      case 'conversationUpdate':
        await onConversationChange(adapter, activity);
        return undefined;
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof z.ZodError) {
      log.warn({ type: activity.type, fields: fieldsOf(error) }, 'could not read an activity');
      return { status: 400 };
    }
    log.error({ type: activity.type, err: error }, 'an activity was not answered');
    return activity.type === 'invoke' ? { status: 500 } : undefined;
  }
}

/** Milliseconds that an answer waits for what is only written down. */
const patience = 400;

/** Writes down where the activity comes from. A database that is away must not keep a person from being told so. */
async function heard(adapter: Adapter, activity: Activity): Promise<void> {
  const { conversations, clock, log, work } = adapter;
  const actor = actorOf(activity);
  if (actor !== null) noticeMove(adapter, actor);
  const written = conversations.hear(heardOf(activity), clock.now()).catch((err: unknown) => {
    log.warn({ err }, 'a conversation could not be written down');
  });
  await inTime(work.follow(written), patience, undefined);
}

/** Teams tells of a person's zone and language with whatever they do, and of changes not at all. */
function noticeMove(adapter: Adapter, actor: Actor): void {
  const { work, log, speakers } = adapter;
  if (!speakers.hasMoved(actor)) return;
  const told = async () => {
    const profile = await readProfile(adapter, actor.user, actor);
    if (profile === null) return;
    const what = { did: 'profileChanged', user: actor.user, profile } as const;
    await adapter.dispatch(gestureOf(adapter, actor, what, { step: 'moved' }));
  };
  work.go(told(), (err) => log.warn({ err }, 'a changed profile could not be read'));
}
