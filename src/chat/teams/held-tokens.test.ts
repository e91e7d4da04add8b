import { JsonWebToken } from '@microsoft/teams.api';
import { expect, test } from 'vitest';
import { heldTokens } from './held-tokens.ts';

const minute = 60_000;

/** A token that lasts so many milliseconds; null: it does not say how long. */
function tokenFor(lasts: number | null): JsonWebToken {
  const claims = { ...(lasts === null ? {} : { exp: Math.round((Date.now() + lasts) / 1_000) }) };
  return new JsonWebToken(`e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`);
}

async function timesAsked(
  token: JsonWebToken | string | null,
  ...asked: [scope: string, tenantId?: string][]
): Promise<number> {
  let times = 0;
  const tokens = heldTokens(async () => {
    times += 1;
    return token;
  });
  for (const [scope, tenantId] of asked) expect(await tokens(scope, tenantId)).toBe(token);
  return times;
}

test.each<[string, JsonWebToken | string | null, number]>([
  ['that lasts for an hour', tokenFor(60 * minute), 1],
  ['that lasts a little longer than five minutes', tokenFor(6 * minute), 1],
  ['that ends within five minutes', tokenFor(4 * minute), 3],
  ['that does not say when it ends', tokenFor(null), 3],
  ['that cannot be read', 'a token', 3],
  ['that is none', null, 3],
])('a token %s is asked for as often as it must be', async (_, token, times) => {
  expect(await timesAsked(token, ['bot'], ['bot'], ['bot'])).toBe(times);
});

test('tokens of other scopes and tenants are others', async () => {
  expect(await timesAsked(tokenFor(60 * minute), ['bot'], ['graph'], ['bot', 'a'], ['bot', 'b'], ['bot'])).toBe(4);
});

test('a failure is not kept', async () => {
  const answers = [Promise.reject(new Error('busy')), Promise.resolve('a token')];
  const tokens = heldTokens(() => answers.shift() ?? null);
  await expect(tokens('bot')).rejects.toThrow('busy');
  expect(await tokens('bot')).toBe('a token');
});
