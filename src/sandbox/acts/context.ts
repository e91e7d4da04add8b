import type { MovableClock } from '../../clock.ts';
import type { Clients } from '../clients.ts';
import type { Ack, DeliveryService } from '../delivery.ts';
import type { Json } from '../json.ts';
import type { AppManifest } from '../manifest.ts';
import { eventEnvelope, fileObject } from '../payloads.ts';
import type { Posting } from '../posting.ts';
import type { SandboxActResult } from '../protocol.ts';
import type { ResponseUrls } from '../response-urls.ts';
import { newId } from '../timestamps.ts';
import type { Triggers } from '../triggers.ts';
import type { Views } from '../views.ts';
import type { Workspace } from '../workspace.ts';

/** What acts work on. */
export interface ActContext {
  workspace: Workspace;
  clients: Clients;
  posting: Posting;
  views: Views;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  delivery: DeliveryService;
  manifest: AppManifest;
  clock: MovableClock;
}

/** What Slack's client says when an app does not answer an interaction. */
const trouble = 'We had some trouble connecting. Try again?';

/** A failed act. */
export function failed(error: string, message = trouble): SandboxActResult {
  return { ok: false, error, message };
}

/** The code that Slack's client shows for a missing acknowledgement. */
export function codeOf(ack: Extract<Ack, { ok: false }>): string {
  return ack.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
}

/** Delivers an event when the app subscribes to it; `name` is the subscription, for example `message.im`. */
export function sendEvent(context: ActContext, name: string, event: Json): void {
  const subscribed = context.manifest.settings.event_subscriptions?.bot_events ?? [];
  if (!subscribed.includes(name) || context.workspace.uninstalled) return;
  context.delivery.deliverEvent(eventEnvelope(context.workspace, event, newId('Ev')));
}

/** The files of a `file_input`, as they stand in the state. */
export function filesOf(context: ActContext, user: string): (ids: string[]) => Json[] {
  return (ids) =>
    ids
      .flatMap((id) => context.workspace.files.get(id) ?? [])
      .filter((file) => file.owner === user)
      .map((file) => fileObject(context.workspace, file));
}
