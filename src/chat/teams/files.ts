import { randomUUID } from 'node:crypto';
import type { Services } from './hosts.ts';

/** A file that a person sent; its address lets whoever has it read the file, so it never leaves the process. */
interface Shelved {
  user: string;
  name: string;
  address: string;
  at: number;
}

/** Milliseconds; the addresses themselves end sooner or later. */
const kept = 15 * 60_000;
const most = 200;
const patience = 30_000;

/** Files that people sent to the bot, until a form takes them. Only a help: after a restart a file is sent again. */
export class FileShelf {
  readonly #files = new Map<string, Shelved>();
  readonly #now: () => number;
  readonly #services: Services;

  /** `services`: also a file kept at one of these addresses may be read, as on this machine. */
  constructor(options: { now: () => number; services: Services }) {
    this.#now = options.now;
    this.#services = options.services;
  }

  /** Keeps a file for its sender, and answers the pointer that their form carries; null when it is kept nowhere known. */
  put(user: string, file: { name: string; address: string }): string | null {
    if (!isFileStore(file.address) && !this.#services(new URL(file.address).origin)) return null;
    const pointer = randomUUID();
    this.#files.set(pointer, { user, ...file, at: this.#now() });
    const oldest = this.#files.keys().next().value;
    if (this.#files.size > most && oldest !== undefined) this.#files.delete(oldest);
    return pointer;
  }

  nameOf(user: string, pointer: string): string | null {
    return this.#find(user, pointer)?.name ?? null;
  }

  /** Reads a file of this person's. Throws when it is gone, larger than `maxBytes`, or nobody's. */
  async read(user: string, pointer: string, maxBytes: number): Promise<Uint8Array> {
    const file = this.#find(user, pointer);
    if (file === null) throw new Error('the file is no longer here');
    const response = await fetch(file.address, { redirect: 'error', signal: AbortSignal.timeout(patience) });
    if (!response.ok || response.body === null) throw new Error(`a file was answered with ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > maxBytes) throw new Error(`the file has more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #find(user: string, pointer: string): Shelved | null {
    const file = this.#files.get(pointer);
    return file !== undefined && file.user === user && this.#now() - file.at < kept ? file : null;
  }
}

/** What people send in their chat with a bot is kept in their OneDrive, which is a SharePoint (Teams, Send and receive files). */
function isFileStore(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && /\.sharepoint(?:-df)?\.(?:com|us|cn)$/.test(hostname);
}
