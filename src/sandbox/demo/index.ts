import manifest from '../../../manifests/slack.json' with { type: 'json' };
import { manifestSchema } from '../manifest.ts';
import type { AppSeed } from '../options.ts';
import { BOT_USER } from './company.ts';

export { workspace as demoWorkspace } from './company.ts';
export { playgroundCommand, playgroundTenant, writePlayground } from './playground.ts';
export { seedDemo } from './seed.ts';

/** The bot as it is installed in the demo's workspace, from the manifest that a real one is installed with. */
export function demoApp(signingSecret: string): AppSeed {
  return {
    id: 'A0KAM',
    name: 'KAM',
    botUserId: BOT_USER,
    // Worth nothing outside of a sandbox, which listens on loopback only.
    botToken: 'xoxb-sandbox',
    signingSecret,
    scopes: manifest.oauth_config.scopes.bot,
    manifest: manifestSchema.parse(manifest),
  };
}
