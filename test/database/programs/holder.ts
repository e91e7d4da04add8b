import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbedded } from '../../../src/database/embedded.ts';
import { createLog } from '../../../src/log.ts';

// A process that holds an embedded server as the bot does, and says what happens in lines of JSON. It leaves on the
// line "stop"; after SIGINT it still works with the database, as a bot that drains, and then leaves.
const [dataDir = ''] = process.argv.slice(2);
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const server = await startEmbedded({ dataDir, log: createLog('silent') });
const pool = new pg.Pool({ connectionString: server.url });
await pool.query('SELECT 1');

const leave = async () => {
  await pool.end();
  await server.stop();
  say({ left: true });
  lines.close();
};
const lines = createInterface({ input: process.stdin });
lines.on('line', () => void leave());
process.once('SIGINT', () => {
  void pool.query('SELECT pg_sleep(0.3)').then(
    async () => {
      say({ drained: true });
      await leave();
    },
    (error: unknown) => say({ drained: String(error) }),
  );
});

say({ adopted: server.adopted, port: new URL(server.url).port });
