import { describe, type Problem } from './blocks/problems.ts';
import type { Json } from './json.ts';

/** A call that Slack answers with `ok: false`. */
export class SlackError extends Error {
  readonly code: string;
  /** Further members of the answer. */
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** The error for blocks or a view that break Slack's rules, with each reason and its JSON pointer. */
export function refusal(code: string, problems: Problem[]): SlackError {
  return new SlackError(code, {
    errors: problems.map((problem) => `${problem.reason} [json-pointer:${problem.pointer}]`),
    response_metadata: { messages: problems.map(describe) },
  });
}
