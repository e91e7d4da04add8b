const most = 5_000;

/**
 * Forms that were saved: their buttons may still be on somebody's screen, and whoever presses "Cancel" there shall not
 * read that nothing was saved. Only a help: other processes and a restart know nothing of it.
 */
export class SavedForms {
  readonly #ids = new Set<string>();

  add(formId: string): void {
    this.#ids.add(formId);
    const [oldest] = this.#ids;
    if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
  }

  has(formId: string): boolean {
    return this.#ids.has(formId);
  }
}
