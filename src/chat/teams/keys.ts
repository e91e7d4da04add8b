import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';

/** A key that Teams' tokens are signed with, and the channels it may speak for; null when it does not say. */
export interface SigningKey {
  key: KeyObject;
  endorsements: readonly string[] | null;
}

/** The published keys. */
export interface Keys {
  /** The key of this id; null when there is none. Throws `KeysUnavailable` when none could be fetched yet. */
  find(id: string): Promise<SigningKey | null>;
}

/** The keys could not be fetched: nothing can be said about a token. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

/** Microsoft publishes a new key days before it is used (Bot Connector authentication: "relatively stable"). */
const DAY = 24 * 60 * 60 * 1_000;
/** An unknown id may be a new key's, or anyone's; the keys are fetched again for it, but not more often than this. */
const REST = 30_000;
/** After a fetch that failed. */
const SHORT_REST = 1_000;

const published = z.object({ keys: z.array(z.unknown()) });
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).nullish(),
});

/**
 * Keeps the keys that a cloud publishes. However many tokens come, of however many invented keys, the publisher is asked
 * twice a minute at most, and a new key is known within that time. `now` in milliseconds.
 */
export function publishedKeys(options: { address: string; now: () => number; log: Logger }): Keys {
  const { address, now, log } = options;
  let keys: ReadonlyMap<string, SigningKey> | null = null;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let restUntil = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | null = null;

  const refresh = async () => {
    try {
      keys = await fetchKeys(address);
      fetchedAt = now();
      restUntil = fetchedAt + REST;
    } catch (error) {
      restUntil = now() + SHORT_REST;
      log.warn({ err: error }, 'the keys of Teams’ tokens could not be fetched');
    } finally {
      fetching = null;
    }
  };

  return {
    async find(id) {
      const known = keys?.get(id);
      const wanted = known === undefined || now() >= fetchedAt + DAY;
      if (wanted && now() >= restUntil) fetching ??= refresh();
      if (known !== undefined) return known;
      await fetching;
      if (keys === null) throw new KeysUnavailable('the keys of Teams’ tokens are not known');
      return keys.get(id) ?? null;
    },
  };
}

async function fetchKeys(address: string): Promise<ReadonlyMap<string, SigningKey>> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new KeysUnavailable(`the publisher answered ${response.status}`);
  const found = published.parse(await response.json()).keys.flatMap(readKey);
  if (found.length === 0) throw new KeysUnavailable('the publisher has no keys');
  return new Map(found);
}

/** A key with its id; nothing for a key of another kind, which hides none of the others. */
function readKey(candidate: unknown): [string, SigningKey][] {
  const { data } = rsaKey.safeParse(candidate);
  if (data === undefined) return [];
  const { kid, kty, n, e, endorsements = null } = data;
  return [[kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements }]];
}
