import type { Address } from '../text/words.ts';
import type { PlainAnswers } from './form.ts';

/** What a person did, in the words of no platform. Adapters make gestures from verified requests only. */
export interface Gesture {
  /** The platform's idempotency key, unique in its workspace: the same request delivered twice has the same id. */
  readonly id: string;
  readonly from: PlatformUser;
  readonly place: Place;
  readonly manner: Manner;
  readonly what: What;
  /** Reads a user's profile from the platform; null when there is no such user. Fails when the platform is slow. */
  profile(userId: string): Promise<Profile | null>;
  /** Reads a file that was handed over in a form. Fails when it is gone or larger than `maxBytes`. */
  file(pointer: string, maxBytes: number): Promise<Uint8Array>;
}

/** How people and the bot understand each other on a platform. */
export interface Manner {
  /** How a command is typed. */
  address: Address;
  /** What a chosen colleague is in a form's answers: the platform's own user, or a person of ours (`people.colleagues`). */
  colleagues: 'users' | 'people';
}

/** A user as the platform knows them. */
export interface PlatformUser {
  platform: string;
  /** The platform's id of the workspace that the bot is installed in. */
  workspace: string;
  user: string;
}

export interface Profile {
  name: string;
  /** Only an address that the platform vouches for: whoever has the same on another platform is the same person. */
  email: string | null;
  /** IANA name; null when the platform does not say. */
  timeZone: string | null;
  /** IETF tag; null when the platform does not say. */
  locale: string | null;
  /** May install and set up the bot: an owner or admin of the workspace. */
  mayAdminister: boolean;
  /** A guest, a bot, or somebody of another company: is told no. */
  outsider: boolean;
  deactivated: boolean;
}

/** Where it happened: conversation and message are the platform's own ids. */
export interface Place {
  kind: 'direct' | 'channel' | 'home';
  conversation?: string;
  /** The message that carried the pressed card. */
  message?: string;
}

export type What =
  /** Words after the bot's name or command. */
  | { did: 'said'; words: string }
  /** A shortcut; with the message it was used on. */
  | { did: 'started'; shortcut: string; message?: { text: string; link: string | null } }
  /** A button that does something. */
  | { did: 'pressed'; action: string; about?: string }
  /** A button that opens a form. */
  | { did: 'opened'; opener: string; about?: string }
  | { did: 'visitedHome' }
  | ({ did: 'submitted' } & FormState)
  /** A form closed by hand, with what was in it. */
  | ({ did: 'closed' } & FormState)
  /** An answer that changes what else is asked. */
  | ({ did: 'changed'; field: string } & FormState)
  /** Typing in a look-up field. */
  | { did: 'lookedUp'; source: string; query: string }
  /** Looking for something to show to others in a conversation. */
  | { did: 'searched'; finder: string; query: string }
  /** The platform says that a user's profile changed. */
  | { did: 'profileChanged'; user: string; profile: Profile }
  /** The bot was removed from the workspace. */
  | { did: 'removedBot' };

/** What a form carries back. */
export interface FormState {
  form: string;
  /** The form's own id. */
  formId: string;
  about: Readonly<Record<string, string>>;
  without: readonly string[];
  expanded: boolean;
  answers: PlainAnswers;
}
