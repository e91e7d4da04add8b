import { type ITokenProvider, JsonWebToken } from '@microsoft/teams.api';

type GetToken = ITokenProvider['getAppToken'];

/**
 * Keeps each of the bot's tokens until five minutes before it ends: to be given it again costs as much as drawing a card.
 * A token that does not say when it ends is asked for each time.
 */
export function heldTokens(getToken: GetToken): GetToken {
  const held = new Map<string, JsonWebToken>();
  return async (scope, tenantId) => {
    const key = JSON.stringify([scope, tenantId]);
    const known = held.get(key);
    if (known !== undefined && !known.isExpired()) return known;
    const token = await getToken(scope, tenantId);
    if (token instanceof JsonWebToken && token.expiration !== undefined) held.set(key, token);
    return token;
  };
}
