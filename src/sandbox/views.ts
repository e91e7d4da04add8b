import { randomBytes } from 'node:crypto';
import { withIds } from './block-ids.ts';
import { checkSlackFiles } from './blocks/slack-files.ts';
import { checkView, isTooLarge } from './blocks/view.ts';
import type { Clients } from './clients.ts';
import { type Json, text } from './json.ts';
import { refusal, SlackError } from './slack-error.ts';
import { newId, timestamp } from './timestamps.ts';
import type { Trigger } from './triggers.ts';
import { stateOf } from './view-state.ts';
import type { StoredView, Workspace } from './workspace.ts';

/** Slack's limit of modals on top of each other. */
const deepestStack = 3;

/** Opens, changes and closes modals and Home tabs. */
export class Views {
  readonly #workspace: Workspace;
  readonly #clients: Clients;

  constructor(workspace: Workspace, clients: Clients) {
    this.#workspace = workspace;
    this.#clients = clients;
  }

  /** The person's open modals, the visible one last. */
  stack(user: string): StoredView[] {
    return this.#workspace.modals.get(user) ?? [];
  }

  /** Throws Slack's error when the view breaks a rule; `replaces` may keep its external id. */
  check(view: unknown, kind: 'modal' | 'home', replaces?: StoredView): void {
    if (isTooLarge(view)) throw new SlackError('view_too_large');
    const files = checkSlackFiles((view as Json | undefined)?.blocks, this.#workspace, '/view/blocks');
    const problems = [...checkView(view, kind), ...files];
    if (problems.length > 0) throw refusal('invalid_arguments', problems);
    const externalId = text((view as Json).external_id);
    if (externalId === '') return;
    const taken = this.#workspace.findView((each) => text(each.payload.external_id) === externalId);
    if (taken && taken !== replaces) throw new SlackError('duplicate_external_id');
  }

  #hash(): string {
    return `${timestamp(this.#workspace.clock).split('.')[0]}.${randomBytes(4).toString('hex')}`;
  }

  #make(user: string, view: Json, kind: 'modal' | 'home', below?: StoredView): StoredView {
    const id = newId('V');
    const payload = { ...view, blocks: withIds(view.blocks) };
    return {
      id,
      kind,
      user,
      payload,
      hash: this.#hash(),
      state: stateOf(payload.blocks),
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
    };
  }

  #show(user: string): void {
    const views = this.stack(user).map((view) => ({ id: view.id, view: this.asSlack(view) }));
    this.#clients.tell(user, { type: 'views', views });
  }

  /** Opens a modal: on top when the gesture happened in a modal, else alone. Uses the trigger up. */
  open(trigger: Trigger, view: Json): StoredView {
    this.check(view, 'modal');
    const stack = trigger.viewId ? this.stack(trigger.user) : [];
    if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
    trigger.used = true;
    return this.#push(trigger.user, view, stack);
  }

  #push(user: string, view: Json, stack: StoredView[]): StoredView {
    const opened = this.#make(user, view, 'modal', stack.at(-1));
    this.#workspace.modals.set(user, [...stack, opened]);
    this.#show(user);
    return opened;
  }

  /** Puts a modal on top of the person's open ones, in answer to a submission. */
  push(user: string, view: Json): StoredView {
    this.check(view, 'modal');
    if (this.stack(user).length >= deepestStack) throw new SlackError('push_limit_reached');
    return this.#push(user, view, this.stack(user));
  }

  /** Replaces a modal's content; answers under the same block and action id stay. */
  update(stored: StoredView, view: Json, hash?: string): StoredView {
    if (hash && hash !== stored.hash) throw new SlackError('hash_conflict');
    this.check(view, stored.kind, stored);
    stored.payload = { ...view, blocks: withIds(view.blocks) };
    stored.state = stateOf(stored.payload.blocks, stored.state);
    stored.hash = this.#hash();
    if (stored.kind === 'modal') this.#show(stored.user);
    else this.#clients.tell(stored.user, { type: 'home', home: this.asSlack(stored) });
    return stored;
  }

  /** Shows a Home tab to one person. */
  publish(user: string, view: Json, hash?: string): StoredView {
    const existing = this.#workspace.homes.get(user);
    if (existing) return this.update(existing, view, hash);
    this.check(view, 'home');
    const home = this.#make(user, view, 'home');
    this.#workspace.homes.set(user, home);
    this.#clients.tell(user, { type: 'home', home: this.asSlack(home) });
    return home;
  }

  /** Takes a modal, or with `all` every modal, off the person's stack; the closed ones, the visible first. */
  close(user: string, viewId: string, all: boolean): StoredView[] {
    const stack = this.stack(user);
    const at = all ? 0 : stack.findIndex((view) => view.id === viewId);
    if (at < 0) return [];
    this.#workspace.modals.set(user, stack.slice(0, at));
    this.#show(user);
    return stack.slice(at).reverse();
  }

  /** A view in full, as Slack puts it into payloads and answers. */
  asSlack(view: StoredView): Json {
    const { payload } = view;
    const { app, team, botId } = this.#workspace;
    return {
      id: view.id,
      team_id: team.id,
      type: view.kind,
      blocks: payload.blocks,
      private_metadata: payload.private_metadata ?? '',
      callback_id: payload.callback_id ?? '',
      state: { values: view.state },
      hash: view.hash,
      title: payload.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
      clear_on_close: payload.clear_on_close ?? false,
      notify_on_close: payload.notify_on_close ?? false,
      close: payload.close ?? null,
      submit: payload.submit ?? null,
      previous_view_id: view.previousId,
      root_view_id: view.rootId,
      app_id: app.id,
      external_id: payload.external_id ?? '',
      app_installed_team_id: team.id,
      bot_id: botId,
    };
  }
}
