import type { Round } from './load.ts';
import { median } from './result.ts';

/** Two sides in turn, several rounds, after a warm-up of each; the medians of both. */
export async function compare(
  rounds: number,
  ours: (round: number) => Promise<Round>,
  plain: (round: number) => Promise<Round>,
): Promise<{ ours: Round; plain: Round; ratio: number; p99Ratio: number }> {
  const results: { ours: Round; plain: Round }[] = [];
  await ours(-1);
  await plain(-1);
  for (let round = 0; round < rounds; round += 1) {
    // Who begins changes, so that a machine that becomes slower is nobody's advantage.
    const first = round % 2 === 0 ? await ours(round) : undefined;
    const theirs = await plain(round);
    results.push({ ours: first ?? (await ours(round)), plain: theirs });
  }
  const middle = (side: 'ours' | 'plain'): Round => ({
    perSecond: median(results.map((result) => result[side].perSecond)),
    p99: median(results.map((result) => result[side].p99)),
  });
  const [our, their] = [middle('ours'), middle('plain')];
  return { ours: our, plain: their, ratio: our.perSecond / their.perSecond, p99Ratio: our.p99 / their.p99 };
}
