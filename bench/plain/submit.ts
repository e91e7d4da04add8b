import { App } from '@slack/bolt';
import pg from 'pg';
import { v7 as uuid } from 'uuid';

/**
 * The least that a Bolt app can do with a submitted visit: its rows in one transaction of raw SQL, the acknowledgement,
 * and the same fixed words to the person. The measure of bench/submit.ts.
 */
const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', SLACK_API_URL = '', DATABASE_URL = '' } = process.env;
const { ORGANIZATION = '', POOL = '', LANE = '', MESSAGE = '', PEOPLE = '{}', WORDS = '{}' } = process.env;
const people: Record<string, string> = JSON.parse(PEOPLE);
const words: { channel: string; text: string; blocks: string } = JSON.parse(WORDS);
const blocks = JSON.parse(words.blocks);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL) });
const app = new App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
});

interface Answer {
  value?: string;
  selected_date?: string;
  selected_option?: { value: string } | null;
}

app.view('visits.log', async ({ ack, body, view, client }) => {
  const answers: Record<string, Answer> = {};
  for (const [block, elements] of Object.entries(view.state.values)) {
    const [answer] = Object.values(elements) as Answer[];
    answers[block.split('@')[0] ?? ''] = answer ?? {};
  }
  const { formId } = JSON.parse(view.private_metadata);
  const visit = { id: uuid(), author: people[body.user.id], account: answers.account?.selected_option?.value };
  const now = new Date();
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    await connection.query({
      name: 'visit',
      text: `INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", date, note, "loggedAt", "requestKey",
        "nthThatDay") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
      values: [
        ...[ORGANIZATION, visit.id, visit.account, visit.author, answers.date?.selected_date, answers.note?.value],
        ...[now, formId],
      ],
    });
    await connection.query({
      name: 'person',
      text: `INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId") VALUES ($1, $2, $3)`,
      values: [ORGANIZATION, visit.id, visit.author],
    });
    await connection.query({
      name: 'action',
      text: `INSERT INTO "Action" ("organizationId", id, "accountId", "visitId", text, "ownerId", "createdById", "dueOn",
        "createdAt", "requestKey") VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)`,
      values: [
        ...[ORGANIZATION, uuid(), visit.account, visit.id, answers.nextStep?.value, visit.author],
        ...[answers.due?.selected_date, now, formId],
      ],
    });
    await connection.query({
      name: 'outbox',
      text: `INSERT INTO "Outbox" ("organizationId", id, key, lane, message, "notBefore", "createdAt")
        VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      values: [ORGANIZATION, uuid(), `visit-announced:${visit.id}`, LANE, MESSAGE, now],
    });
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
  await ack({ response_action: 'clear' });
  await client.chat.postEphemeral({ channel: words.channel, user: body.user.id, text: words.text, blocks });
});
const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`ready · requests at http://127.0.0.1:${port}/slack/events\n`);
