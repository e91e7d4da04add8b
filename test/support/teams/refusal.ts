import { z } from 'zod';

/** What the connector answers. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A refusal, as the connector words it: `{ error: { code, message } }`. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.answer = { status, body: { error: { code, message } } };
  }
}

/** What usually stands beside a status (Bots, status codes from bot conversational APIs). */
export const usualCodes: Readonly<Record<number, string>> = {
  400: 'BadSyntax',
  403: 'ForbiddenOperationException',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  429: 'Throttled',
  500: 'ServiceError',
  502: 'ServiceError',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** Reads what the bot sent, or refuses it. */
export function read<T>(shape: z.ZodType<T>, given: unknown): T {
  const result = shape.safeParse(given);
  if (!result.success) throw new Refusal(400, 'BadSyntax', z.prettifyError(result.error));
  return result.data;
}
