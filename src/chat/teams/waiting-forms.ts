import type { Text } from '../../text/text.ts';
import type { Asked } from '../form.ts';

interface Waiting {
  asked: Asked;
  text: Text;
}

const most = 500;

/**
 * The form that asked a person for a file last. A card has no place for a file: it comes as a message of its own, which
 * says nothing of the form. Only a help: after a restart the form is opened again.
 */
export class WaitingForms {
  readonly #forms = new Map<string, Waiting>();

  /** A form was shown: when it wants a file that it does not have yet, it is the one that a file is for. */
  shown(user: string, asked: Asked, text: Text, hasFile: boolean): void {
    if (!Object.values(asked.form.fields).some(({ widget }) => widget.kind === 'file')) return;
    this.#forms.delete(user);
    if (!hasFile) this.#forms.set(user, { asked, text });
    const oldest = this.#forms.keys().next().value;
    if (this.#forms.size > most && oldest !== undefined) this.#forms.delete(oldest);
  }

  take(user: string): Waiting | null {
    const waiting = this.#forms.get(user) ?? null;
    this.#forms.delete(user);
    return waiting;
  }
}
