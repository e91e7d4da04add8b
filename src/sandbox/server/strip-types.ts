import { Worker } from 'node:worker_threads';

// Node warns once per process that stripping types is experimental; in a worker the warning can be switched off
// without touching the process's other warnings.
const program = `
const { parentPort } = require('node:worker_threads');
const { stripTypeScriptTypes } = require('node:module');
parentPort.on('message', (source) => {
  try { parentPort.postMessage({ code: stripTypeScriptTypes(source) }); }
  catch (error) { parentPort.postMessage({ error: String(error) }); }
});`;

type Stripped = { code: string } | { error: string };

/** Turns TypeScript into JavaScript by removing the types, one source at a time. */
export class TypeStripper {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** The source as JavaScript; line and column numbers stay. Throws when the source is not erasable TypeScript. */
  strip(source: string): Promise<string> {
    const result = this.#last.then(() => this.#ask(source));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #ask(source: string): Promise<string> {
    this.#worker ??= new Worker(program, { eval: true, execArgv: ['--disable-warning=ExperimentalWarning'] });
    const worker = this.#worker;
    const { promise, resolve, reject } = Promise.withResolvers<Stripped>();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(source);
    const answer = await promise.finally(() => worker.off('message', resolve).off('error', reject));
    if ('error' in answer) throw new Error(answer.error);
    return answer.code;
  }

  /** Ends the worker. */
  async close(): Promise<void> {
    await this.#last;
    await this.#worker?.terminate();
  }
}
