import type { Locale } from '../text/locale.ts';
import type { Gesture, PlatformUser, Profile } from './gesture.ts';
import type { Call, Me } from './slice.ts';

/** What the kernel asks of the people: who is this, and who is that? */
export interface Directory {
  /**
   * Who made the gesture. A full member seen for the first time becomes a person. Answers from memory when the
   * database is slow and the person is known; throws when it is slow and they are not.
   */
  recognise(gesture: Gesture): Promise<Recognised>;
  /** Platform user ids to person ids; users never seen before become people. Null: nobody who may be chosen. */
  personIds(gesture: Gesture, users: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** Person ids to the user ids of one workspace (ours); who has none there is left out. */
  userIds(
    organizationId: string,
    workspaceId: string,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Which of these ids are active people of the organisation, with their names. */
  colleagues(organizationId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The platform's word that a profile changed: name, zone, language, or that the user left. */
  profileChanged(from: PlatformUser, user: string, profile: Profile): Promise<void>;
  /** The bot was removed from a workspace. */
  workspaceRemoved(from: PlatformUser): Promise<void>;
}

export type Recognised =
  | { known: true; me: Me; organization: Call['organization']; locale: Locale }
  /** Not a full member of a workspace we serve. `locale` is the best guess. */
  | { known: false; locale: Locale };
