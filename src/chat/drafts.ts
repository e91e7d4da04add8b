import type { FormState } from './gesture.ts';

/** Forms that were closed or lost before they were saved; kept 24 hours, offered once. */
export interface Drafts {
  keep(organizationId: string, personId: string, state: FormState): Promise<void>;
  /** The newest draft of a form that was not offered yet; it counts as offered from now on. */
  offer(organizationId: string, personId: string, form: string): Promise<Draft | null>;
  /** Its offer came too late to be shown: it will be offered the next time. */
  offerAgain(organizationId: string, personId: string, id: string): Promise<void>;
  /** A draft by its form's id, when it is this person's and not too old. */
  take(organizationId: string, personId: string, id: string): Promise<Draft | null>;
  /** Its form was saved, or the person does not want it. */
  drop(organizationId: string, personId: string, id: string): Promise<void>;
}

export interface Draft {
  /** The form's own id: saving the resumed form cannot make a second row. */
  id: string;
  about: Readonly<Record<string, string>>;
  answers: Readonly<Record<string, unknown>>;
}
