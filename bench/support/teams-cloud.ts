import { type CloudEnvironment, PUBLIC, withOverrides } from '@microsoft/teams.api';

/** Microsoft's public cloud with its identity providers on this machine. */
export function localCloud(identityProvider: string): CloudEnvironment {
  const openIdMetadataUrl = `${identityProvider}/v1/.well-known/openidconfiguration`;
  return withOverrides(PUBLIC, { openIdMetadataUrl, loginEndpoint: identityProvider });
}
