import type { Activity } from './activities.ts';

/** An activity that was brought to the bot, and its answer. */
export interface Delivery {
  activity: Activity;
  /** HTTP status; 0 when nobody answered. */
  status: number;
  /** The answer's JSON, or its text when it is none; undefined when it is empty. */
  body: unknown;
  /** Milliseconds until the answer was there. */
  took: number;
}

export interface Deliveries {
  readonly all: readonly Delivery[];
  botUrl: string;
  manner: 'once' | 'twice at once' | 'again';
  /** What the sender sees: the last answer when it was sent again, for the client has given up the first. */
  send(activity: Activity, options?: { authorization?: string | null }): Promise<Delivery>;
}

/** The way from Teams to a bot: signed activities over HTTP. */
export function deliveriesTo(token: () => string): Deliveries {
  const all: Delivery[] = [];

  async function once(activity: Activity, authorization: string | null): Promise<Delivery> {
    const begun = performance.now();
    const done = (status: number, body: unknown): Delivery => {
      const delivery = { activity, status, body, took: performance.now() - begun };
      all.push(delivery);
      return delivery;
    };
    try {
      const response = await fetch(deliveries.botUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
        body: JSON.stringify(activity),
      });
      return done(response.status, parsed(await response.text()));
    } catch (error) {
      return done(0, String(error instanceof Error ? (error.cause ?? error) : error));
    }
  }

  const deliveries: Deliveries = {
    all,
    botUrl: '',
    manner: 'once',
    async send(activity, { authorization = `Bearer ${token()}` } = {}) {
      if (deliveries.manner === 'twice at once') {
        const [first] = await Promise.all([once(activity, authorization), once(activity, authorization)]);
        return first;
      }
      const first = await once(activity, authorization);
      return deliveries.manner === 'again' ? await once(activity, authorization) : first;
    },
  };
  return deliveries;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
