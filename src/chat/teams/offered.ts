import type { Option } from '../form.ts';

const most = 5_000;

/**
 * What people were offered while they typed. A client sends the value of what was chosen and not its words, and a form
 * that is drawn again must show them. For each person apart: what one was offered is not told to another. Only a help:
 * after a restart the form's slice is asked.
 */
export class Offered {
  readonly #options = new Map<string, Option>();

  note(user: string, source: string, options: readonly Option[]): void {
    for (const option of options) {
      const key = keyOf(user, source, option.value);
      this.#options.delete(key);
      this.#options.set(key, option);
    }
    for (const oldest of this.#options.keys()) {
      if (this.#options.size <= most) return;
      this.#options.delete(oldest);
    }
  }

  /** Those of the values that this person was offered. */
  find(user: string, source: string, values: readonly string[]): Option[] {
    return values.flatMap((value) => this.#options.get(keyOf(user, source, value)) ?? []);
  }
}

const keyOf = (user: string, source: string, value: string) => JSON.stringify([user, source, value]);
