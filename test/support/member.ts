import type { Sandbox, SandboxActResult, SandboxSnapshot } from '../../src/sandbox/index.ts';

type Json = Record<string, unknown>;
type StateValues = Record<string, Record<string, Json>>;

/** One person in the sandbox's Slack: does and sees what they could in its client, by the words on the screen. */
export class Member {
  readonly #sandbox: Sandbox;
  readonly id: string;
  #state: StateValues = {};

  constructor(sandbox: Sandbox, id: string) {
    this.#sandbox = sandbox;
    this.id = id;
  }

  get screen(): SandboxSnapshot {
    return this.#sandbox.snapshot(this.id);
  }

  /** Types a command into a channel. */
  command(text: string, channel = 'C0GENERAL'): Promise<SandboxActResult> {
    this.#state = {};
    return this.#sandbox.act(this.id, { do: 'command', channel, text });
  }

  shortcut(callbackId: string, on?: { channel: string; ts: string }): Promise<SandboxActResult> {
    this.#state = {};
    return this.#sandbox.act(this.id, { do: 'shortcut', callbackId, ...on });
  }

  say(channel: string, text: string): Promise<SandboxActResult> {
    return this.#sandbox.act(this.id, { do: 'say', channel, text });
  }

  openHome(): Promise<SandboxActResult> {
    return this.#sandbox.act(this.id, { do: 'openHome' });
  }

  /** The visible modal; throws when there is none. */
  get modal(): { id: string; title: string; blocks: Json[] } {
    const top = this.screen.views.at(-1);
    if (!top) throw new Error(`${this.id} sees no modal`);
    return { id: top.id, title: wordsOf(top.view.title), blocks: blocksOf(top.view.blocks) };
  }

  get hasModal(): boolean {
    return this.screen.views.length > 0;
  }

  /** All the words of the visible modal, answers included. */
  get modalText(): string {
    return JSON.stringify(this.modal.blocks);
  }

  /** The labels of the questions in the visible modal. */
  get questions(): string[] {
    return this.modal.blocks.filter((block) => block.type === 'input').map((block) => wordsOf(block.label));
  }

  /** What the modal holds as the answer to a question: what was typed, else what it started with. */
  answer(label: string): unknown {
    const { block, element } = this.#question(label);
    const typed = this.#state[String(block.block_id)]?.[String(element.action_id)];
    const known = typed ?? this.#known(block, element);
    return known && Object.entries(known).find(([key]) => key !== 'type')?.[1];
  }

  /** Answers a question: text, a day, the words of an option (several in a list), or people by user id. */
  async fill(label: string, value: string | string[] | boolean): Promise<void> {
    const { block, element } = this.#question(label);
    const entry = await this.#entry(block, element, value);
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    this.#state[blockId] = { [actionId]: { type: element.type, ...entry } };
    if (block.dispatch_action === true) {
      const action = { block_id: blockId, action_id: actionId, type: element.type, ...entry };
      const place = { in: 'view', viewId: this.modal.id } as const;
      expectOk(await this.#sandbox.act(this.id, { do: 'press', place, action, state: this.#typed }));
    }
  }

  /** The options that typing into a look-up offers, by their words. */
  async suggestions(label: string, typed: string): Promise<string[]> {
    return (await this.#suggest(label, typed)).map((option) => wordsOf(option.text));
  }

  submit(): Promise<SandboxActResult> {
    return this.#sandbox.act(this.id, { do: 'submit', viewId: this.modal.id, state: this.#typed });
  }

  close(): Promise<SandboxActResult> {
    return this.#sandbox.act(this.id, { do: 'close', viewId: this.modal.id, state: this.#typed });
  }

  /** What they read last, public or private. */
  get lastMessage(): SandboxSnapshot['messages'][number] {
    const last = this.messages.at(-1);
    if (!last) throw new Error(`${this.id} sees no message`);
    return last;
  }

  /** Every message they see, in the order of time. */
  get messages(): SandboxSnapshot['messages'] {
    return this.screen.messages.toSorted((a, b) => Number(a.ts) - Number(b.ts));
  }

  /** Presses a button by its words: in the newest message that has it, else in the modal, else on Home. */
  async press(words: string): Promise<SandboxActResult> {
    const { views, home } = this.screen;
    const top = views.at(-1);
    if (top) {
      const button = findButton(top.view.blocks, words);
      if (button) {
        const place = { in: 'view', viewId: top.id } as const;
        return this.#sandbox.act(this.id, { do: 'press', place, action: button, state: this.#typed });
      }
    }
    for (const message of this.messages.toReversed()) {
      const button = findButton(message.blocks, words);
      if (!button) continue;
      if (!top) this.#state = {};
      const place = { in: 'message', channel: message.channel, ts: message.ts } as const;
      return this.#sandbox.act(this.id, { do: 'press', place, action: button });
    }
    return this.#pressHome(home, words);
  }

  /** Presses a button on Home. */
  pressHome(words: string): Promise<SandboxActResult> {
    return this.#pressHome(this.screen.home, words);
  }

  #pressHome(home: SandboxSnapshot['home'], words: string): Promise<SandboxActResult> {
    const button = findButton(home?.blocks, words);
    if (!button) throw new Error(`${this.id} sees no button "${words}"`);
    this.#state = {};
    return this.#sandbox.act(this.id, { do: 'press', place: { in: 'home' }, action: button });
  }

  /** What was typed into the inputs that are there: with another form in the modal, those of the one before are gone. */
  get #typed(): StateValues {
    const there = new Set(this.modal.blocks.map((block) => String(block.block_id)));
    return Object.fromEntries(Object.entries(this.#state).filter(([blockId]) => there.has(blockId)));
  }

  #question(label: string): { block: Json; element: Json } {
    const block = this.modal.blocks.find((one) => one.type === 'input' && wordsOf(one.label).startsWith(label));
    if (!block) throw new Error(`no question "${label}" among ${this.questions.join(', ')}`);
    return { block, element: block.element as Json };
  }

  #known(block: Json, element: Json): Json | undefined {
    const top = this.screen.views.at(-1)?.view as { state?: { values?: StateValues } } | undefined;
    return top?.state?.values?.[String(block.block_id)]?.[String(element.action_id)];
  }

  async #suggest(label: string, typed: string): Promise<Json[]> {
    const { block, element } = this.#question(label);
    const place = { in: 'view', viewId: this.modal.id } as const;
    const ids = { blockId: String(block.block_id), actionId: String(element.action_id) };
    const result = expectOk(await this.#sandbox.act(this.id, { do: 'suggest', place, ...ids, value: typed }));
    return (result.options ?? []) as Json[];
  }

  async #entry(block: Json, element: Json, value: string | string[] | boolean): Promise<Json> {
    const label = wordsOf(block.label);
    const type = String(element.type);
    const pick = (options: unknown, words: string) => {
      const list = (options ?? []) as Json[];
      const found =
        list.find((option) => wordsOf(option.text) === words) ??
        list.find((option) => wordsOf(option.text).includes(words));
      if (!found)
        throw new Error(`no option "${words}" for "${label}" among ${list.map((one) => wordsOf(one.text)).join(', ')}`);
      return found;
    };
    switch (type) {
      case 'external_select':
        return { selected_option: pick(await this.#suggest(label, String(value)), String(value)) };
      case 'static_select':
      case 'radio_buttons':
        return { selected_option: pick(element.options, String(value)) };
      case 'multi_static_select':
        return { selected_options: [value].flat().map((words) => pick(element.options, String(words))) };
      case 'checkboxes':
        return { selected_options: value === false ? [] : element.options };
      case 'datepicker':
        return { selected_date: value };
      case 'users_select':
        return { selected_user: value };
      case 'multi_users_select':
        return { selected_users: [value].flat() };
      case 'conversations_select':
        return { selected_conversation: value };
      case 'file_input':
        return { files: [await this.#upload(String(value))] };
      default:
        return { value };
    }
  }

  async #upload(content: string): Promise<unknown> {
    const base64 = Buffer.from(content).toString('base64');
    return expectOk(await this.#sandbox.act(this.id, { do: 'upload', name: 'accounts.csv', base64 })).file;
  }
}

/** A result that worked; throws with the client's words otherwise. */
export function expectOk(result: SandboxActResult): Extract<SandboxActResult, { ok: true }> {
  if (!result.ok) throw new Error(`${result.error}: ${result.message} ${JSON.stringify(result.errors ?? {})}`);
  return result;
}

/** All the words of a message as its blocks and text show them. */
export const textOf = (message: { text: string; blocks: unknown[] }): string => message.text;

function wordsOf(node: unknown): string {
  if (typeof node === 'string') return node;
  if (typeof node === 'object' && node !== null && 'text' in node) return wordsOf(node.text);
  return '';
}

const blocksOf = (blocks: unknown): Json[] => (Array.isArray(blocks) ? (blocks as Json[]) : []);

/** A button anywhere in some blocks, as the action that pressing it is. */
function findButton(blocks: unknown, words: string): Json | undefined {
  for (const block of blocksOf(blocks)) {
    const elements = [block.accessory, ...blocksOf(block.elements)].filter((one) => typeof one === 'object' && one);
    for (const element of elements as Json[]) {
      if (element.type === 'button' && wordsOf(element.text) === words)
        return {
          type: 'button',
          block_id: block.block_id,
          action_id: element.action_id,
          value: element.value,
          text: element.text,
        };
    }
  }
  return undefined;
}
