import type { Asked, PlainAnswers } from './form.ts';

interface Remembered {
  /** As it was last drawn. */
  asked?: Asked;
  /** What was last heard of its answers while it was being filled in. */
  typed?: PlainAnswers;
}

/**
 * The forms that are open. As last drawn, so that drawing them anew with a mistake marked needs no database; with what was
 * typed, since not every platform says it when a form is closed. Only a help: after a restart, or in another process, the
 * form's slice is asked again.
 */
export class FormMemory {
  readonly #forms = new Map<string, Remembered>();
  readonly #max: number;

  constructor(max = 500) {
    this.#max = max;
  }

  drew(asked: Asked): void {
    this.#remember(asked.id, { asked });
  }

  heard(formId: string, typed: PlainAnswers): void {
    this.#remember(formId, { typed });
  }

  #remember(formId: string, part: Remembered): void {
    const known = this.#forms.get(formId);
    this.#forms.delete(formId);
    this.#forms.set(formId, { ...known, ...part });
    const oldest = this.#forms.keys().next().value;
    if (this.#forms.size > this.#max && oldest !== undefined) this.#forms.delete(oldest);
  }

  find(formId: string): Remembered {
    return this.#forms.get(formId) ?? {};
  }

  forget(formId: string): void {
    this.#forms.delete(formId);
  }
}
