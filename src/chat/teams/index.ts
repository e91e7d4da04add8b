import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Form } from '../form.ts';
import { FormMemory } from '../form-memory.ts';
import type { Sender } from '../outbox.ts';
import type { Paint } from '../pictures/painter.ts';
import { Work } from '../work.ts';
import type { Adapter } from './adapter.ts';
import { makeConnectors } from './calls.ts';
import { Conversations } from './conversations.ts';
import { conversationsStore } from './conversations-store.ts';
import { type Authentication, type EntranceOptions, type Refusals, teamsEntrance } from './entrance.ts';
import { FileShelf } from './files.ts';
import { Offered } from './offered.ts';
import { Once } from './once.ts';
import { teamsPictures } from './pictures.ts';
import { type Answer, receiver } from './receive.ts';
import { Rosters } from './rosters.ts';
import { SavedForms } from './saved-forms.ts';
import { teamsSender } from './send.ts';
import { Speakers } from './speakers.ts';
import { WaitingForms } from './waiting-forms.ts';

export { type Authentication, Unprotected } from './entrance.ts';

/** What the adapter needs. */
export interface TeamsOptions {
  config: {
    authentication: Authentication;
    /** The tenant whose people the bot serves; without authentication any name for it. */
    tenantId: string;
    /** Addresses, in lower case, of who may set up the bot. */
    administrators: readonly string[];
    host: string | null;
    port: number;
    production: boolean;
  };
  /** The tenant as a workspace of ours. */
  workspace: { organizationId: string; workspaceId: string };
  database: Pick<Database, 'pool'>;
  paint: Paint;
  dispatch: Dispatch;
  clock: Clock;
  log: Logger;
  formNamed(name: string): Form | undefined;
  /** Another cloud, or one that stands in for it. */
  cloud?: Pick<EntranceOptions, 'cloud' | 'services' | 'token'> | undefined;
}

/** The bot's end of one Teams tenant. */
export interface TeamsConnection {
  readonly sender: Sender;
  /** Where Teams' requests arrive; null before the start. */
  readonly address: string | null;
  readonly refused: Readonly<Refusals>;
  start(): Promise<void>;
  /** Takes nothing new, and resolves when everything that was taken is answered to its last consequence. */
  stop(): Promise<void>;
  healthy(): boolean;
}

/** Connects the bot to a Teams tenant; nothing is received before `start`. Throws `Unprotected` where anybody could come in. */
export function connectTeams(options: TeamsOptions): TeamsConnection {
  const { config, workspace, database, paint, dispatch, clock, log, formNamed, cloud = {} } = options;
  const { authentication, tenantId, administrators, ...listening } = config;
  const entrance = teamsEntrance({ authentication, ...listening, log, ...cloud });
  const { app, services } = entrance;
  const now = () => clock.now().epochMilliseconds;
  const work = new Work();
  const connectors = makeConnectors({ tokens: app.tokenProvider, cloud: app.cloud, services, log });
  const conversations = new Conversations(conversationsStore(database, workspace));
  const adapter: Adapter = {
    tenantId,
    // Where nobody proves who they are, everybody may try everything.
    mayAdminister: (email) =>
      authentication === 'none' || (email !== null && administrators.includes(email.trim().toLowerCase())),
    dispatch,
    formNamed,
    connectors,
    conversations,
    pictures: teamsPictures({ paint, log }),
    memory: new FormMemory(),
    saved: new SavedForms(),
    offered: new Offered(),
    shelf: new FileShelf({ now, services }),
    waiting: new WaitingForms(),
    rosters: new Rosters({ connectors, conversations, tenantId, now, log }),
    speakers: new Speakers(),
    work,
    clock,
    log,
  };
  const receive = receiver(adapter, new Once<Answer>(now));
  let address: string | null = null;
  return {
    sender: teamsSender(adapter),
    refused: entrance.refused,
    get address() {
      return address;
    },
    async start() {
      address = await entrance.open(receive);
      log.info({ tenant: tenantId }, 'Teams can reach the bot');
    },
    async stop() {
      await entrance.close();
      await work.finish();
    },
    healthy: () => entrance.isOpen(),
  };
}
