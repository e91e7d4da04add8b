import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../json.ts';
import { isObject, parseJson, text } from '../json.ts';
import type { RateLimits } from '../rate-limits.ts';
import { SlackError } from '../slack-error.ts';
import { app } from './app.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { ApiContext, Method } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';

const methods: Record<string, Method> = { ...app, ...chat, ...conversations, ...files, ...people, ...views };

/** A call as it was made and answered, the token left out; for tests. */
export interface ApiCall {
  method: string;
  args: Json;
  status: number;
  answer: Json;
}

/** What goes back over HTTP. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** Reads the arguments of a call from a JSON, urlencoded or multipart body. */
export async function readArguments(contentType: string, body: Buffer): Promise<Json> {
  if (contentType.startsWith('application/json')) {
    const parsed = parseJson(body.toString());
    if (!isObject(parsed)) throw new SlackError('invalid_json');
    return parsed;
  }
  if (contentType.startsWith('multipart/form-data')) {
    const sent = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    const form = await sent.formData().catch(() => {
      throw new SlackError('invalid_form_data');
    });
    return Object.fromEntries([...form].filter((entry) => typeof entry[1] === 'string'));
  }
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

/** What is refused where the app may not write. */
const posts = new Set(['chat.postMessage', 'chat.update']);
/** A person stands for the direct conversation with them. */
const placeOf = (id: string) => id.replace(/^U/, 'D');

/** The Web API: tokens, scopes, pace, then the method. */
export class WebApi {
  readonly #context: ApiContext;
  readonly #limits: RateLimits;
  readonly #record: (call: ApiCall) => void;
  readonly #failures = new Map<string, string[]>();
  readonly #refusals = new Map<string, string>();

  constructor(context: ApiContext, limits: RateLimits, record: (call: ApiCall) => void) {
    this.#context = context;
    this.#limits = limits;
    this.#record = record;
  }

  /** Makes the next call of a method fail with an error code. */
  failNext(method: string, error: string): void {
    this.#failures.set(method, [...(this.#failures.get(method) ?? []), error]);
  }

  /** Refuses what the app posts to a channel or a person, and its changes there, until null lifts it. */
  refuse(place: string, error: string | null): void {
    if (error === null) this.#refusals.delete(placeOf(place));
    else this.#refusals.set(placeOf(place), error);
  }

  /** Answers a call. */
  async call(name: string, headers: IncomingHttpHeaders, query: URLSearchParams, body: Buffer): Promise<ApiAnswer> {
    let args: Json = {};
    let answer: ApiAnswer;
    try {
      const { token, ...rest } = {
        ...Object.fromEntries(query),
        ...(await readArguments(headers['content-type'] ?? '', body)),
      };
      args = rest;
      answer = this.#run(name, args, headers.authorization?.replace(/^Bearer /, '') ?? text(token));
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      answer = { status: 200, headers: {}, body: { ok: false, error: error.code, ...error.extra } };
    }
    this.#record({ method: name, args, status: answer.status, answer: answer.body });
    const scopes = this.#context.workspace.app.scopes.join(',');
    return { ...answer, headers: { 'x-oauth-scopes': scopes, ...answer.headers } };
  }

  #run(name: string, args: Json, token: string): ApiAnswer {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    this.#checkToken(method, token);
    const wait = this.#limits.check(name, method.perMinute, method.pacedBy?.(args));
    if (wait > 0) {
      return { status: 429, headers: { 'retry-after': String(wait) }, body: { ok: false, error: 'ratelimited' } };
    }
    const failure = this.#failures.get(name)?.shift();
    if (failure) throw new SlackError(failure);
    const refused = posts.has(name) ? this.#refusals.get(placeOf(text(args.channel))) : undefined;
    if (refused) throw new SlackError(refused);
    const accepted = { 'x-accepted-oauth-scopes': method.scopes.join(',') };
    return { status: 200, headers: accepted, body: { ok: true, ...method.run(args, this.#context) } };
  }

  #checkToken(method: Method, token: string): void {
    const { app, uninstalled } = this.#context.workspace;
    if (method.token === 'none') return;
    if (token === '') throw new SlackError('not_authed');
    if (uninstalled && token === app.botToken) throw new SlackError('account_inactive');
    const wanted = method.token === 'app' ? app.appToken : app.botToken;
    const known = token === app.botToken || token === app.appToken;
    if (!known) throw new SlackError('invalid_auth');
    if (token !== wanted) throw new SlackError('not_allowed_token_type');
    if (method.scopes.length > 0 && !method.scopes.some((scope) => app.scopes.includes(scope))) {
      throw new SlackError('missing_scope', { needed: method.scopes.join(','), provided: app.scopes.join(',') });
    }
  }
}
