import type { Log } from '../log.ts';
import { startEmbedded } from './embedded.ts';

/** The database server that the configuration names. */
export interface DatabaseServer {
  /** The address of the bot's database, password included: never to be logged. */
  url: string;
  /** Where the data of the embedded server lie: not always where they were wished. Null for any other server. */
  directory: string | null;
  /** Leaves the server: the embedded one stops with its last bot, any other goes on. */
  stop(): Promise<void>;
}

/** The server of DATABASE_URL, else the embedded one in DATA_DIR. */
export async function reachServer(
  config: { databaseUrl: string | null; dataDir: string },
  log: Log,
): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, directory: null, stop: () => Promise.resolve() };
  return startEmbedded({ dataDir: config.dataDir, log });
}
