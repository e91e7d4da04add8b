import {
  type Activity,
  adaptiveCard,
  type ExtensionCall,
  type Json,
  messagePayload,
  type Where,
} from './activities.ts';
import type { Choice } from './card-inputs.ts';
import { type CardInput, type CardView, isJson, viewOf, withoutMarkup } from './card-view.ts';
import { type Delivery, type Teams, viewKey } from './connector.ts';
import type { Attachment, Conversation, Person, StoredMessage } from './tenant.ts';

/** What became of something that a person did. */
export interface Done {
  /** False when nothing went to the bot: an answer is missing or wrong, the bot is not there, or only the client acts. */
  sent: boolean;
  /** The activity and what the bot answered. */
  delivery?: Delivery;
  /** What the client said about it, in order. */
  said: readonly string[];
}

/** A message as one person sees it. */
export interface SeenMessage {
  id: string;
  /** Key of the conversation. */
  place: string;
  thread?: string;
  /** A person's key, or the bot. */
  from: string | 'bot';
  /** Its words and all that can be read in its card. */
  text: string;
  card?: Json;
  onlyForMe: boolean;
}

export interface Dialog {
  title: string;
  card: Json;
  where: Where;
  /** The extension's command that opened it; otherwise it was a card's button. */
  extension?: ExtensionCall;
}

/** What a person has done to one card. */
export interface Handling {
  /** Answers, by input id. */
  typed: Map<string, string>;
  toggled: Map<string, boolean>;
  open: Set<Json>;
  /** What the client found wrong when they pressed a button. */
  problems: string[];
  /** What look-ups have offered, by input id. */
  offered: Map<string, Choice[]>;
}

/** A card that somebody looks at, and where pressing it leads. */
export interface SeenCard {
  card: Json;
  view: CardView;
  handling: Handling;
  where: Where;
  /** The message it stands in; none in a dialog. */
  message?: string;
}

/** One person's Teams client: what is on its screen, and its way to the service. It presses nothing by itself. */
export class Client {
  readonly teams: Teams;
  readonly person: Person;
  dialog: Dialog | null = null;
  /** What a pressed button asks before it does anything. */
  asking: { seen: SeenCard; card: Json } | null = null;
  /** What was shown for a moment, with an id as messages have, for its order among them. */
  readonly toasts: { at: string; words: string }[] = [];
  readonly errors: string[] = [];
  readonly #handled = new WeakMap<Json, Handling>();

  constructor(teams: Teams, person: Person) {
    this.teams = teams;
    this.person = person;
  }

  place(key: string): Conversation {
    return this.teams.tenant.place(key);
  }

  get messages(): SeenMessage[] {
    const { key } = this.person;
    return [...this.teams.tenant.conversations.values()]
      .filter((place) => place.members.has(key))
      .flatMap((place) => place.messages.map((message) => ({ place, message })))
      .filter(({ message }) => message.onlyFor === undefined || message.onlyFor === key)
      .toSorted((a, b) => Number(a.message.id) - Number(b.message.id))
      .map(({ place, message }) => this.#asSeen(place, message));
  }

  /** The cards on the screen, with the dialog's and then the newest first. */
  get cards(): SeenCard[] {
    const inMessages = this.messages.toReversed().flatMap(({ card, place, thread, id }) => {
      return card ? [this.seen(card, { in: this.place(place), thread }, id)] : [];
    });
    return this.dialog ? [this.seen(this.dialog.card, this.dialog.where), ...inMessages] : inMessages;
  }

  /** The dialog, else the newest card with questions. */
  get form(): SeenCard | undefined {
    const { cards } = this;
    return this.dialog ? cards[0] : cards.find(({ view }) => view.inputs.some((input) => input.visible));
  }

  seen(card: Json, where: Where, message?: string): SeenCard {
    const handling = this.#handling(card);
    return { card, view: viewOf(card, handling), handling, where, ...(message === undefined ? {} : { message }) };
  }

  /** The newest message with these words in it. */
  message(text: string): { where: Where; message: StoredMessage } {
    const seen = this.messages.findLast((message) => message.text.includes(text));
    const place = seen && this.place(seen.place);
    const message = place?.messages.find(({ id }) => id === seen?.id);
    if (!place || !message) throw new Error(`${this.person.name} sees no message "${text}"`);
    return { where: { in: place, thread: message.thread }, message };
  }

  /** The message as it goes along with an extension's command. */
  payload({ message, where }: { message: StoredMessage; where: Where }): Json {
    const author = message.from === 'bot' ? null : this.teams.tenant.person(message.from);
    return messagePayload(message, where, author, new Date(Number(message.id)).toISOString());
  }

  /** Writes a message, and brings it to the bot where Teams does: in their own chat, and elsewhere when it is mentioned. */
  async write(where: Where, text: string, attachments: readonly Attachment[] = []): Promise<Done> {
    const { bot, tenant, activities } = this.teams;
    const accounts = [bot, ...[...tenant.people.values()].map(({ id, name }) => ({ id, name }))];
    const mentioned = accounts.filter(({ name }) => text.includes(`<at>${name}</at>`));
    const thread = where.thread === undefined ? {} : { thread: where.thread };
    const message = this.teams.store(where.in, { from: this.person.key, text, attachments, ...thread });
    const heard = where.in.kind === 'personal' || mentioned.includes(bot);
    if (!heard || !where.in.installed) return { sent: false, said: [] };
    const inThread = { in: where.in, thread: message.thread };
    return this.deliver(activities.message(this.person, inThread, message, mentioned));
  }

  async deliver(activity: Activity): Promise<Done> {
    const delivery = await this.teams.send(activity);
    const failed = delivery.status !== 200 && activity.type === 'invoke';
    return { sent: true, delivery, said: failed ? [this.wentWrong()] : [] };
  }

  wentWrong(words = 'Something went wrong. Please try again.'): string {
    this.errors.push(words);
    return words;
  }

  #asSeen(place: Conversation, message: StoredMessage): SeenMessage {
    const card = this.#cardOf(place, message);
    const { id, thread, from } = message;
    const written = card ? viewOf(card, this.#handling(card)).lines : [];
    return {
      id,
      place: place.key,
      from,
      onlyForMe: message.onlyFor === this.person.key,
      text: [withoutMarkup(message.text).replace(/<\/?at>/g, ''), ...written].filter((line) => line !== '').join('\n'),
      ...(thread === undefined ? {} : { thread }),
      ...(card === undefined ? {} : { card }),
    };
  }

  #cardOf(place: Conversation, message: StoredMessage): Json | undefined {
    const own = message.attachments.find(({ contentType }) => contentType === adaptiveCard)?.content;
    return this.teams.views.get(viewKey(this.person, place, message.id)) ?? (isJson(own) ? own : undefined);
  }

  #handling(card: Json): Handling {
    const known = this.#handled.get(card);
    if (known) return known;
    const fresh: Handling = {
      typed: new Map(),
      toggled: new Map(),
      open: new Set(),
      problems: [],
      offered: new Map(),
    };
    this.#handled.set(card, fresh);
    return fresh;
  }
}

/** The visible question with this label, or with the first that begins so. */
export function questionIn(form: SeenCard, label: string): CardInput {
  const visible = form.view.inputs.filter((input) => input.visible);
  const input = visible.find((each) => each.label === label) ?? visible.find((each) => each.label.startsWith(label));
  if (!input) throw new Error(`no question "${label}" among ${visible.map((each) => each.label).join(', ')}`);
  return input;
}
