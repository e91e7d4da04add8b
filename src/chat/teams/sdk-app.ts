import type { CloudEnvironment, TokenProvider } from '@microsoft/teams.api';
import { App, type HttpRouteHandler } from '@microsoft/teams.apps';
import type { Logger } from 'pino';
import { libraryLog } from './library-log.ts';

/** Who the bot is to Microsoft; `none` is for emulators on this machine. */
export type Authentication = 'none' | { clientId: string; clientSecret: string; tenantId: string };

/** What an activity is answered with; `undefined`: that it was taken. */
export type Receive = (activity: unknown) => Promise<{ status: number; body?: unknown } | undefined>;

/** The SDK's app without its server: what was read from a request goes in, what is to be answered comes out. */
export interface SdkApp {
  readonly app: App;
  /** Hands every activity with a valid token to `receive` from now on. */
  open(receive: Receive): Promise<void>;
  /** Verifies the token and has the activity answered. Throws before `open`. */
  handle(activity: unknown, authorization: string): Promise<{ status: number; body?: unknown }>;
}

export interface SdkAppOptions {
  authentication: Authentication;
  cloud: CloudEnvironment;
  /** Where the bot's own tokens come from, when not from the cloud's login endpoint. */
  token: TokenProvider | undefined;
  endpoint: `/${string}`;
  log: Logger;
}

/**
 * Makes the SDK's app. Everything that the SDK would otherwise ask the environment for is said here, if only to be
 * nothing: no variable may let in what is not authenticated, or make the bot another.
 */
export function sdkApp({ authentication, cloud, token, endpoint, log }: SdkAppOptions): SdkApp {
  let route: HttpRouteHandler | undefined;
  const logger = libraryLog(log);
  const app = new App({
    ...credentials(authentication, token),
    cloud,
    logger,
    client: { logger },
    messagingEndpoint: endpoint,
    serviceUrl: 'https://smba.trafficmanager.net/teams',
    dangerouslyAllowUnauthenticatedRequests: authentication === 'none',
    httpServerAdapter: {
      registerRoute: (_, path, handler) => {
        if (path === endpoint) route = handler;
      },
    },
  });
  return {
    app,
    async open(receive) {
      // In the place of the SDK's own routes, which depend on their order and on raw text, and of the contexts and clients
      // that it makes for each of them.
      app.server.onRequest = async ({ body }) => (await receive(body)) ?? { status: 200 };
      await app.initialize();
    },
    async handle(activity, authorization) {
      if (route === undefined) throw new Error('the app is not open');
      return route({ body: activity, headers: { authorization } });
    },
  };
}

function credentials(authentication: Authentication, token: TokenProvider | undefined) {
  const nothing = { clientId: '', clientSecret: '', tenantId: '', managedIdentityClientId: '' };
  if (authentication === 'none') return nothing;
  const { clientId, clientSecret, tenantId } = authentication;
  // With a secret the SDK would not ask the provider.
  return token === undefined
    ? { ...nothing, clientId, clientSecret, tenantId }
    : { ...nothing, clientId, tenantId, token };
}
