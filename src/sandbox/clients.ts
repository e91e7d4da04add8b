import type { SandboxEvent } from './protocol.ts';

type Listener = (event: SandboxEvent) => void;

/** The open pages, by person. */
export class Clients {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #everyone = new Set<(user: string, event: SandboxEvent) => void>();

  /** Listens as one person's page; the returned function stops it. */
  listen(user: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(user) ?? new Set();
    this.#listeners.set(user, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Listens to what anybody's page is told; the returned function stops it. */
  listenToAll(listener: (user: string, event: SandboxEvent) => void): () => void {
    this.#everyone.add(listener);
    return () => void this.#everyone.delete(listener);
  }

  /** Tells one person's pages. */
  tell(user: string, event: SandboxEvent): void {
    for (const listener of this.#everyone) listener(user, event);
    for (const listener of this.#listeners.get(user) ?? []) listener(event);
  }

  /** Tells several persons' pages. */
  tellAll(users: Iterable<string>, event: SandboxEvent): void {
    for (const user of users) this.tell(user, event);
  }
}
