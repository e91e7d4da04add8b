import type { Temporal } from 'temporal-polyfill';
import type { Key, Text } from '../text/text.ts';
import type { Answers, Asked, Fields, Form, Option, PlainAnswers } from './form.ts';
import type { Manner, Place, Profile } from './gesture.ts';
import { type Found, nothing, type Reply } from './reply.ts';

/** A capability as a value: what people can do with it, and what happens by itself. */
export interface Slice {
  readonly name: string;
  readonly commands?: readonly Command[];
  readonly shortcuts?: readonly Shortcut[];
  readonly actions?: readonly Action[];
  readonly openers?: readonly Opener[];
  readonly forms?: readonly FormHandler[];
  readonly lookUps?: readonly LookUp[];
  readonly finders?: readonly Finder[];
  readonly jobs?: readonly Job[];
}

/** The person who acts, as the slices see them. */
export interface Me {
  organizationId: string;
  id: string;
  name: string;
  timeZone: string;
  /** The workspace they act from, ours. */
  workspaceId: string;
  administrator: boolean;
  observer: boolean;
  /** Ids of the teams they manage, and of those they belong to. */
  manages: readonly string[];
  memberOf: readonly string[];
  /** The platform lets them set up the bot. */
  mayAdminister: boolean;
}

/** What a command is called with. */
export interface Call {
  readonly me: Me;
  readonly organization: { id: string; name: string; timeZone: string; currency: string; isSetUp: boolean };
  readonly text: Text;
  readonly now: Temporal.Instant;
  /** Today in the person's zone. */
  readonly today: Temporal.PlainDate;
  /** The gesture's idempotency key. */
  readonly id: string;
  readonly place: Place;
  /** Whom forms let choose: the users of this workspace, or all people of the organisation. */
  readonly colleagues: Manner['colleagues'];
  file(pointer: string, maxBytes: number): Promise<Uint8Array>;
}

/** A first word after the bot's name. */
export interface Command {
  /** The word in English, then in Chinese, then others that mean the same; lower case. */
  readonly words: readonly [string, string, ...string[]];
  /** What may follow the word, for example `<account> <text>`; nothing when nothing may. */
  readonly usage?: Key;
  readonly help: Key;
  /** Works before `/kam setup` too. */
  readonly beforeSetUp?: boolean;
  run(call: Call, rest: string): Promise<Reply>;
}

/** An entry in the platform's own menus. `name` is in both manifests. */
export interface Shortcut {
  readonly name: string;
  run(call: Call, message: { text: string; link: string | null } | null): Promise<Reply>;
}

/** What a button does. `about` is a pointer from outside: check it against the person's rights. */
export interface Action {
  readonly name: string;
  run(call: Call, about: string | undefined): Promise<Reply>;
}

/** What opens a form: answers `ask`, or says why not. */
export interface Opener {
  readonly name: string;
  run(call: Call, about: string | undefined): Promise<Reply>;
}

/** A form and what becomes of its answers. */
export interface FormHandler {
  readonly form: Form;
  /** Whether these answers are kept as a draft when the form is closed by hand or lost to an error. */
  keepsDraft(answers: PlainAnswers): boolean;
  submit(call: Call, answers: Record<string, unknown>, shown: Shown): Promise<Reply>;
  change(call: Call, field: string, answers: PlainAnswers, shown: Shown): Promise<Reply>;
}

/** What is known of the form that was shown. */
export interface Shown {
  id: string;
  about: Readonly<Record<string, string>>;
  without: readonly string[];
  expanded: boolean;
}

/** Ties a form to its handlers, with the answers' types. */
export function handles<F extends Fields>(handler: {
  form: Form<F>;
  /** By default never; true: whenever there is an answer. */
  keepsDraft?: boolean | ((answers: PlainAnswers) => boolean);
  submit(call: Call, answers: Answers<F>, shown: Shown): Promise<Reply>;
  change?(call: Call, field: string, answers: PlainAnswers, shown: Shown): Promise<Reply>;
}): FormHandler {
  const { keepsDraft: keeps = false } = handler;
  return {
    form: handler.form,
    keepsDraft: typeof keeps === 'function' ? keeps : (answers) => keeps && Object.keys(answers).length > 0,
    // Dispatch calls it only with what this form's own zod answers returned.
    submit: (call, answers, shown) => handler.submit(call, answers as Answers<F>, shown),
    change: handler.change ?? (async () => nothing),
  };
}

/** What is found while typing; at most 100 options (Slack, block elements: select). */
export interface LookUp {
  readonly source: string;
  find(call: Call, query: string): Promise<readonly Option[]>;
}

/** What a person can look for and put into a conversation; its cards are read by everybody there. At most 25 results. */
export interface Finder {
  readonly name: string;
  find(call: Call, query: string): Promise<readonly Found[]>;
}

/** What happens by itself, once a minute when something is due. Claims what is due, so that several processes may run it. */
export interface Job {
  readonly name: string;
  run(now: Temporal.Instant): Promise<void>;
}

/** Everything an ask needs besides the form; the rest has its default. */
export type Ask = Pick<Asked, 'form' | 'id'> & Partial<Asked>;

/** Asks these questions. */
export function ask(asked: Ask): Reply {
  return {
    reply: 'ask',
    asked: { about: {}, initial: {}, options: {}, without: [], expanded: false, ...asked },
  };
}

export type { Profile };
