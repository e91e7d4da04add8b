import { adaptiveCard, fileAttachment, type Json } from './activities.ts';
import { held, offeredFor, toSend } from './answering.ts';
import { type CardAction, type CardView, textOf, viewOf } from './card-view.ts';
import { Client, type Dialog, type Done, questionIn, type SeenCard, type SeenMessage } from './client.ts';
import { extensionResults } from './client-answers.ts';
import type { Delivery, Teams } from './connector.ts';
import { afterTask, press } from './pressing.ts';
import type { Person } from './tenant.ts';

export { factsOf, textOf } from './card-view.ts';
export type { Done, SeenMessage } from './client.ts';

/** One person in the local Teams: does and sees what they could in its client, by the words on the screen. */
export class TeamsMember {
  readonly #client: Client;

  constructor(teams: Teams, key: string) {
    this.#client = new Client(teams, teams.tenant.person(key));
  }

  /** Their key. */
  get id(): string {
    return this.person.key;
  }

  get person(): Person {
    return this.#client.person;
  }

  /** What they can see everywhere, oldest first. */
  get messages(): SeenMessage[] {
    return this.#client.messages;
  }

  /** What they see last. */
  get lastMessage(): SeenMessage {
    const last = this.messages.at(-1);
    if (!last) throw new Error(`${this.person.name} sees no message`);
    return last;
  }

  /** Answers that the client shows for a moment: toasts, and the words that a dialog ends with. */
  get toasts(): string[] {
    return this.#client.toasts.map(({ words }) => words);
  }

  /** What the bot has told them alone, oldest first: in their own chat, as messages that only they see, in toasts. */
  get told(): string[] {
    const all = [...this.#private.map(({ id, text }) => ({ at: id, words: text })), ...this.#client.toasts];
    return all.toSorted((a, b) => Number(a.at) - Number(b.at)).map(({ words }) => words);
  }

  /** The newest card that they alone see from the bot. */
  get lastCard(): Json | undefined {
    return this.#private.findLast(({ card }) => card !== undefined)?.card;
  }

  /** What the client says when something went wrong. */
  get errors(): readonly string[] {
    return this.#client.errors;
  }

  /** The dialog that is open. */
  get dialog(): Dialog | null {
    return this.#client.dialog;
  }

  /** Writes in their own chat with the bot, or where a key says; there Teams brings it to the bot only with a mention. */
  say(words: string, where = this.id, thread?: string): Promise<Done> {
    return this.#client.write({ in: this.#client.place(where), thread }, words);
  }

  /** Writes to the bot where others read along, by mentioning it first. */
  mention(words: string, where: string, thread?: string): Promise<Done> {
    return this.say(`<at>${this.#client.teams.bot.name}</at> ${words}`, where, thread);
  }

  /** Hands a file over in their own chat with the bot. */
  attach(file: { name: string; content: string | Uint8Array }, words = ''): Promise<Done> {
    const shared = this.#client.teams.share(file.name, Buffer.from(file.content));
    return this.#client.write({ in: this.#client.place(this.id) }, words, [fileAttachment(shared)]);
  }

  /** Reacts to a message, by words in it. */
  react(text: string, change: 'added' | 'removed' = 'added'): Promise<Done> {
    const { where, message } = this.#client.message(text);
    const { activities } = this.#client.teams;
    return this.#client.deliver(activities.reaction(this.person, where, message.id, change));
  }

  /** Whether there is something to answer: an open dialog, or a card with questions. */
  get hasForm(): boolean {
    return this.#client.form !== undefined;
  }

  /** The labels of the questions that are visible in the dialog, else in the newest card that has any. */
  get questions(): string[] {
    return this.#form.view.inputs.filter((input) => input.visible).map((input) => input.label);
  }

  /** All that can be read in the form. */
  get formText(): string {
    return this.#form.view.lines.join('\n');
  }

  /** What the form holds as an answer: text, a day, the words of a choice (several in a list), whether a box is ticked. */
  answer(label: string): string | string[] | boolean | undefined {
    const form = this.#form;
    return held(form, questionIn(form, label));
  }

  /** Answers a question: text, a number, a day, the words of a choice (several in a list), a box; '' empties it. */
  async fill(label: string, answer: string | string[] | boolean): Promise<void> {
    const form = this.#form;
    const input = questionIn(form, label);
    form.handling.typed.set(input.id, await toSend(this.#client, form, input, answer));
  }

  /** What typing into a choice offers, by its words. */
  async suggestions(label: string, typed: string): Promise<string[]> {
    const form = this.#form;
    return (await offeredFor(this.#client, form, questionIn(form, label), typed)).map((choice) => choice.title);
  }

  /** Unfolds what the form hides, by the button's words or with the first button that unfolds anything. */
  async more(words?: string): Promise<void> {
    const form = this.#form;
    const button = visible(form.view, words).find(({ action }) => action.type === 'Action.ToggleVisibility');
    if (!button) throw new Error(`${this.person.name} sees nothing to unfold in the form`);
    await press(this.#client, form, button);
  }

  /** Presses the form's main button: the positive one, else the first that is sent. */
  submit(words?: string): Promise<Done> {
    const form = this.#form;
    const buttons = sent(form.view, words);
    const button = buttons.find(({ action }) => action.style === 'positive') ?? buttons[0];
    if (!button) throw new Error(`${this.person.name} sees no button to send the form with`);
    return press(this.#client, form, button);
  }

  /** Leaves the form: by the last of several buttons in its last row, or by closing the dialog, which the bot is not told. */
  async cancel(words?: string): Promise<Done> {
    const form = this.#form;
    const buttons = sent(form.view, words);
    const last = buttons.at(-1);
    const alone = words === undefined && buttons.filter(({ row }) => row === last?.row).length < 2;
    if (last && !alone) return press(this.#client, form, last);
    if (!this.dialog) throw new Error(`${this.person.name} sees no button to leave the form with`);
    return this.closeDialog();
  }

  /** Closes the dialog by the cross in its corner. */
  closeDialog(): Done {
    this.#client.dialog = null;
    return { sent: false, said: [] };
  }

  /** What is said to be wrong in the form: by the client itself, and by texts in the colour of attention. */
  get problems(): string[] {
    const form = this.#client.form;
    return form ? [...form.handling.problems, ...form.view.attention] : [];
  }

  /** The words of the buttons in the dialog, else in the newest card that has any. */
  get buttons(): string[] {
    const seen = this.#client.cards.find(({ view }) => visible(view).length > 0);
    return seen ? visible(seen.view).map(({ title }) => title) : [];
  }

  /** Presses a button by its words, in the dialog or the newest card that has it. One that asks first waits for `confirm`. */
  press(words: string): Promise<Done> {
    for (const seen of this.#client.cards) {
      const [button] = visible(seen.view, words);
      if (button) return press(this.#client, seen, button);
    }
    throw new Error(`${this.person.name} sees no button "${words}"`);
  }

  /** What a pressed button asks before it does anything. */
  get asked(): string | null {
    return this.#client.asking && textOf(this.#client.asking.card);
  }

  /** Says yes to it: by the button's words, or by its first button. */
  confirm(words?: string): Promise<Done> {
    const { asking } = this.#client;
    if (!asking) throw new Error(`${this.person.name} is not asked anything`);
    const seen = { ...asking.seen, view: viewOf(asking.seen.card, asking.seen.handling) };
    const button = sent(seen.view, words).find(({ around }) => around.at(-1) === asking.card);
    if (!button) throw new Error(`${this.person.name} cannot say "${words ?? 'yes'}" to "${this.asked}"`);
    this.#client.asking = null;
    return press(this.#client, seen, button);
  }

  /** Opens the message extension's dialog, in a conversation by its key or on a message by words in it. */
  async openExtension(
    commandId: string,
    { onMessage, where = this.id }: { onMessage?: string | undefined; where?: string } = {},
  ): Promise<Done> {
    const on = onMessage === undefined ? undefined : this.#client.message(onMessage);
    const extension = { commandId, onMessage: on && this.#client.payload(on) };
    const place = on?.where ?? { in: this.#client.place(where) };
    const opened = this.#client.teams.activities.extensionOpened(this.person, place, extension);
    return afterTask(this.#client, await this.#client.deliver(opened), { where: place, extension });
  }

  /** Types into the message extension's search: what is found, with the card that choosing it inserts. */
  async searchExtension(
    text: string,
    command: { commandId: string; parameter: string } = { commandId: 'findAccount', parameter: 'name' },
  ): Promise<{ title: string; text: string; card: Json }[]> {
    const where = { in: this.#client.place(this.id) };
    const searched = this.#client.teams.activities.extensionSearched(this.person, where, { ...command, text });
    return extensionResults((await this.#client.deliver(searched)).delivery?.body);
  }

  /** Posts a card that the search has found, where others can read it. */
  insert(card: Json, where: string): void {
    const attachments = [{ contentType: adaptiveCard, content: card }];
    this.#client.teams.store(this.#client.place(where), { from: this.id, text: '', attachments });
  }

  /** Starts the client anew: answers to presses that the bot did not also write into the message are gone. */
  reload(): void {
    const { teams } = this.#client;
    this.#client.dialog = null;
    this.#client.asking = null;
    for (const key of teams.views.keys()) if (key.startsWith(`${this.id} `)) teams.views.delete(key);
  }

  get #private(): SeenMessage[] {
    return this.messages.filter(({ from, place, onlyForMe }) => from === 'bot' && (onlyForMe || place === this.id));
  }

  get #form(): SeenCard {
    const { form } = this.#client;
    if (!form) throw new Error(`${this.person.name} sees no form`);
    return form;
  }
}

const visible = (view: CardView, words?: string): CardAction[] =>
  view.actions.filter((each) => each.visible && (words === undefined || each.title === words));

/** Buttons that the bot is told of. */
const sent = (view: CardView, words?: string): CardAction[] =>
  visible(view, words).filter(({ action }) => ['Action.Execute', 'Action.Submit'].includes(String(action.type)));

/** What reached the bot and was answered without an error; throws with the client's words otherwise. */
export function expectSent(done: Done): Delivery {
  const { sent: went, delivery, said } = done;
  if (!went || !delivery) throw new Error(`it was not sent: ${said.join(' ')}`);
  if (delivery.status !== 200) throw new Error(`answered ${delivery.status}: ${JSON.stringify(delivery.body)}`);
  return delivery;
}
