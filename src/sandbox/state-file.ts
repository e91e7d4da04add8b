import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type MovableClock, systemClock } from '../clock.ts';
import { isObject, type Json, parseJson } from './json.ts';
import type { Workspace } from './workspace.ts';

const object = z.custom<Json>(isObject);
const message = z.object({
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(object),
  attachments: z.array(object),
  pings: z.array(z.string()),
  files: z.array(z.string()),
  threadTs: z.string().optional(),
  edited: z.boolean().exactOptional(),
  onlyFor: z.string().exactOptional(),
  metadata: object.optional(),
});
const home = z.object({
  id: z.string(),
  kind: z.literal('home'),
  user: z.string(),
  payload: object,
  hash: z.string(),
  state: z.record(z.string(), z.record(z.string(), object)),
  rootId: z.string(),
  previousId: z.string().nullable(),
});
const file = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  mimetype: z.string(),
  owner: z.string(),
  altText: z.string().exactOptional(),
  created: z.number(),
  readyAt: z.number().exactOptional(),
  base64: z.string(),
});
const saved = z.object({
  version: z.literal(1),
  team: z.string(),
  /** The clock's lead over real time, in milliseconds. */
  lead: z.number(),
  settings: z.array(z.object({ id: z.string(), tz: z.string(), locale: z.string() })),
  conversations: z.array(
    z.object({ id: z.string(), members: z.array(z.string()), lastTs: z.string(), messages: z.array(message) }),
  ),
  homes: z.array(home),
  files: z.array(file),
});

/** How long changes are gathered before they are written, in milliseconds. */
const gathering = 500;

function capture(workspace: Workspace, clock: MovableClock): z.output<typeof saved> {
  return {
    version: 1,
    team: workspace.team.id,
    lead: clock.now().epochMilliseconds - systemClock.now().epochMilliseconds,
    settings: [...workspace.people.values()].map(({ id, tz, locale }) => ({ id, tz, locale })),
    conversations: [...workspace.conversations.values()].map(({ id, members, lastTs, messages }) => ({
      id,
      members: [...members],
      lastTs,
      messages,
    })),
    homes: [...workspace.homes.values()].map((view) => ({ ...view, kind: 'home' as const })),
    files: [...workspace.files.values()].map(({ bytes, ...rest }) => ({ ...rest, base64: bytes.toString('base64') })),
  };
}

async function restore(state: z.output<typeof saved>, workspace: Workspace, clock: MovableClock): Promise<void> {
  for (const { id, tz, locale } of state.settings) {
    const person = workspace.people.get(id);
    if (person) Object.assign(person, { tz, locale });
  }
  for (const { id, members, lastTs, messages } of state.conversations) {
    const known = workspace.conversations.get(id);
    const person = [...workspace.people.keys()].find((each) => `D${each.slice(1)}` === id);
    const conversation = known ?? (person ? workspace.directWith(person) : undefined);
    if (conversation) Object.assign(conversation, { members: new Set(members), lastTs, messages });
  }
  for (const view of state.homes) workspace.homes.set(view.user, view);
  for (const { base64, ...rest } of state.files) {
    workspace.files.set(rest.id, { ...rest, bytes: Buffer.from(base64, 'base64') });
  }
  await clock.set(systemClock.now().add(Temporal.Duration.from({ milliseconds: Math.round(state.lead) })));
}

/** Keeps the workspace in a JSON file: written soon after a change and at the end, replaced in one step. */
export class StateFile {
  readonly #path: string;
  readonly #workspace: Workspace;
  readonly #clock: MovableClock;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, workspace: Workspace, clock: MovableClock, log: Logger) {
    this.#path = path;
    this.#workspace = workspace;
    this.#clock = clock;
    this.#log = log;
  }

  /** Takes over what an earlier run left; a file of another workspace or shape is left aside with a warning. */
  async load(): Promise<void> {
    const source = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (source === undefined) return;
    const read = saved.safeParse(parseJson(source));
    if (read.success && read.data.team === this.#workspace.team.id) {
      await restore(read.data, this.#workspace, this.#clock);
      return;
    }
    const aside = `${this.#path}.unread`;
    await rename(this.#path, aside);
    this.#log.warn({ aside }, 'sandbox state could not be read and was put aside');
  }

  /** Notes that something changed. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write();
    }, gathering).unref();
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
  }

  async #write(): Promise<void> {
    await this.#writing;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(`${this.#path}.new`, JSON.stringify(capture(this.#workspace, this.#clock)));
      await rename(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#log.error({ error }, 'sandbox state could not be written');
    }
  }
}
