import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Services } from './hosts.ts';
import { type Keys, KeysUnavailable, type SigningKey } from './keys.ts';
import { fitsPath } from './path-id.ts';

/**
 * What is asked of a request before the SDK sees it. The SDK checks a token's signature, audience, times and service
 * again and by itself; it also takes tokens of Entra, for any tenant and service, tokens that never expire, activities
 * of any channel, and fetches keys for every key that a token invents. Nothing is let in that either of the two refuses.
 */
export interface Guard {
  /** Whether the token in this header can be the connector's; `unknowable` while the keys cannot be fetched. */
  token(authorization: string | undefined): Promise<'fits' | 'unverified' | 'unknowable'>;
  /** Whether the body is an activity of Teams, of our tenant, that may be answered where it says. */
  activity(body: unknown): 'fits' | 'foreign' | 'unreadable';
}

export interface GuardOptions {
  /** null: without authentication, on loopback only; every token fits, also none. */
  tokens: { issuer: string; keys: Keys } | null;
  /** The only tenant that is let in; null lets in any. */
  tenantId: string | null;
  services: Services;
}

const text = z.string().nullish();
const thing = z.object({ id: text }).nullish();
/** The parts of an activity that decide about it; whether the rest is as it should be, is for those who read it. */
const activity = z.object({
  type: z.string().min(1),
  id: text,
  replyToId: text,
  channelId: text,
  serviceUrl: text,
  from: thing,
  conversation: z.object({ id: z.string(), tenantId: text }),
  channelData: z.object({ tenant: thing, team: thing, channel: thing }).nullish(),
});

export function makeGuard({ tokens, tenantId, services }: GuardOptions): Guard {
  const isConnectors = tokens === null ? null : connectorsTokens(tokens);
  return {
    async token(authorization) {
      if (isConnectors === null) return 'fits';
      try {
        return (await isConnectors(authorization ?? '')) ? 'fits' : 'unverified';
      } catch (error) {
        if (error instanceof KeysUnavailable) return 'unknowable';
        throw error;
      }
    },
    activity(body) {
      const { data } = activity.safeParse(body);
      if (data === undefined) return 'unreadable';
      const { conversation, channelData, from } = data;
      const ids = [data.id, data.replyToId, from?.id, channelData?.team?.id, channelData?.channel?.id];
      const inPaths = [conversation.id, ...ids.filter((id) => id !== undefined && id !== null && id !== '')];
      if (!inPaths.every((id) => fitsPath(id ?? ''))) return 'foreign';
      if (data.channelId !== 'msteams' || !services(data.serviceUrl ?? '')) return 'foreign';
      const tenants = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined && id !== null);
      return tenantId === null || isOnly(tenantId, tenants) ? 'fits' : 'foreign';
    },
  };
}

/** Whether all of these are that one, and there is one: an activity that names no tenant is nobody's. */
function isOnly(tenantId: string, tenants: readonly string[]): boolean {
  return tenants.length > 0 && tenants.every((each) => each.toLowerCase() === tenantId.toLowerCase());
}

const head = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });
const wellFormed = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Tokens that were verified last; the connector brings one for about an hour. */
const mostVerified = 100;

/**
 * Tells whether a token is of the one issuer, ends some day, and is signed with a published key that may speak for Teams
 * (Bot Connector, Authentication, "Step 4: Verify the JWT token"; keys say in `endorsements` for which channels they
 * stand). The same token again is believed as long as its key is published; that it has not ended yet is the SDK's check.
 */
function connectorsTokens({ issuer, keys }: { issuer: string; keys: Keys }) {
  const verified = new Map<string, { kid: string; signer: SigningKey }>();
  return async (authorization: string): Promise<boolean> => {
    const before = verified.get(authorization);
    if (before !== undefined && (await keys.find(before.kid)) === before.signer) return true;
    const [, first = '', second = '', third = ''] = wellFormed.exec(authorization) ?? [];
    const header = head.safeParse(decoded(first));
    const claims = z.object({ iss: z.literal(issuer), exp: z.number() }).safeParse(decoded(second));
    if (!header.success || !claims.success) return false;
    const { kid } = header.data;
    const signer = await keys.find(kid);
    if (signer === null || signer.endorsements?.includes('msteams') === false) return false;
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${first}.${second}`),
      signer.key,
      Buffer.from(third, 'base64url'),
    );
    if (!isSigned) return false;
    if (verified.size === mostVerified) verified.clear();
    verified.set(authorization, { kid, signer });
    return true;
  };
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
