import type { Asked } from '../form.ts';

/**
 * The forms that are open, as they were last drawn: "More details" and a mistake in a hidden field need no database.
 * Only a help: after a restart, or in another process, the form's slice is asked again.
 */
export class FormMemory {
  readonly #forms = new Map<string, Asked>();
  readonly #max: number;

  constructor(max = 500) {
    this.#max = max;
  }

  keep(asked: Asked): void {
    this.#forms.delete(asked.id);
    this.#forms.set(asked.id, asked);
    const oldest = this.#forms.keys().next().value;
    if (this.#forms.size > this.#max && oldest !== undefined) this.#forms.delete(oldest);
  }

  find(formId: string): Asked | undefined {
    return this.#forms.get(formId);
  }

  forget(formId: string): void {
    this.#forms.delete(formId);
  }
}
