import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { type Morning, openMorning } from './support/morning.ts';
import { type Program, startCommand, startProgram } from './support/program.ts';
import { type Result, round } from './support/result.ts';

const people = 600;
/** What the local Slack takes of `chat.postMessage` in a workspace: so many at once, and as many again in each minute. */
const perMinute = 300;
/** Those of the second part, and after how many of their messages one is refused, for how many seconds. */
const few = 60;
const refusals = [15, 40];
const retryAfter = 5;
/** Milliseconds after a refusal in which calls arrive that were made before it was known. */
const known = 150;

/**
 * The morning prompts of a company, sent by two bots through the local Slack with its limits, against what these allow in
 * the same time; then a few more, of whose messages Slack refuses some.
 */
export async function run(): Promise<Result[]> {
  const morning = await openMorning(people);
  const bots: Program[] = [];
  try {
    const command = await startCommand();
    const start = () => startProgram(command, morning.directory, morning.environment);
    bots.push(await start());
    const posts = watch(morning);
    await morning.begin();
    // A bot asks at its start whoever is due.
    bots.push(await start());
    await until(() => posts.sent.length >= people);
    const load = round(loadavg()[0] ?? 0, 1);
    const seconds = ((posts.sent.at(-1) ?? 0) - (posts.sent[0] ?? 0)) / 1000;
    const allowed = perMinute + (perMinute / 60) * seconds;
    const caused = posts.refused.length;

    await morning.beginAnother(few);
    for (const count of refusals) posts.refuseAfter(people + count);
    bots.push(await start());
    await until(() => posts.sent.length >= people + few);
    const share = round(people / allowed, 3);
    const twice = posts.refused.length - new Set(posts.refused.map(({ marker }) => marker)).size;
    const tooEarly = posts.refused.flatMap(({ at }) =>
      posts.calls.filter((call) => call > at + known && call < at + retryAfter * 1_000),
    ).length;
    const comparedWith = `what the limits allow in the same time: ${perMinute} at once and ${perMinute} a minute`;
    const ordered = `${refusals.length} refusals of ${retryAfter} s among ${few} messages`;
    return [
      {
        bench: 'deliver',
        value: share,
        unit: 'of what is allowed',
        goal: '>= 0.95',
        met: share >= 0.95,
        comparedWith,
        details: {
          prompts: people,
          seconds: round(seconds, 1),
          perSecond: round(people / seconds, 1),
          refused: caused,
          load,
        },
      },
      {
        bench: 'deliver refused',
        value: caused,
        unit: 'refusals',
        goal: '0',
        met: caused === 0,
        comparedWith: 'nothing',
      },
      {
        bench: 'deliver refused twice',
        value: twice,
        unit: 'messages',
        goal: '0',
        met: twice === 0,
        comparedWith: ordered,
        details: { refused: posts.refused.length },
      },
      {
        bench: 'deliver pause',
        value: tooEarly,
        unit: 'calls before its end',
        goal: '0',
        met: tooEarly === 0,
        comparedWith: ordered,
      },
    ];
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await morning.close();
  }
}

/** When messages were sent and calls made, and which message was refused when. */
function watch({ sandbox }: Morning) {
  const calls: number[] = [];
  const sent: number[] = [];
  const refused: { marker: string; at: number }[] = [];
  const after = new Set<number>();
  sandbox.on('call', ({ method, args, status, answer }) => {
    if (method !== 'chat.postMessage') return;
    const at = performance.now();
    calls.push(at);
    if (answer.ok === true) sent.push(at);
    if (status === 429) refused.push({ marker: JSON.parse(String(args.metadata)).event_payload.marker, at });
    if (after.delete(sent.length)) sandbox.rateLimitNext(method, retryAfter);
  });
  return { calls, sent, refused, refuseAfter: (count: number) => after.add(count) };
}

async function until(done: () => boolean): Promise<void> {
  const end = performance.now() + 240_000;
  while (!done()) {
    if (performance.now() > end) throw new Error('the messages were not sent');
    await wait(50);
  }
}
