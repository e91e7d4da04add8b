import { createHmac } from 'node:crypto';
import autocannon from 'autocannon';

/** What one round of load measured. */
export interface Round {
  perSecond: number;
  /** Milliseconds. */
  p99: number;
}

/** A form as Slack sends it, signed as Slack signs it (Verifying requests from Slack). */
export function signed(
  secret: string,
  fields: Record<string, string>,
): { headers: Record<string, string>; body: string } {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  };
}

/** Sends signed requests over some connections, for some seconds or so many of them. Throws when any answer is not as it should be. */
export async function load(options: {
  url: string;
  secret: string;
  connections: number;
  until: { seconds: number } | { requests: number };
  fields: (index: number) => Record<string, string>;
  /** The body that each answer must have; without it any will do. */
  answer?: string;
}): Promise<Round> {
  const { url, secret, connections, until, fields, answer } = options;
  let index = 0;
  let mismatches = 0;
  const result = await autocannon({
    url,
    connections,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.requests }),
    method: 'POST',
    requests: [
      {
        method: 'POST',
        onResponse: (_, body) => {
          if (answer !== undefined && body !== answer) mismatches += 1;
        },
        setupRequest: (request) => {
          const { headers, body } = signed(secret, fields(index++));
          return { ...request, headers: { ...request.headers, ...headers }, body };
        },
      },
    ],
  });
  const { non2xx, errors } = result;
  if (non2xx + errors + mismatches > 0)
    throw new Error(`${non2xx} answers were no 200, ${mismatches} said something else, ${errors} requests failed`);
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 };
}
