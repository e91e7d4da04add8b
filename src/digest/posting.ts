import { Temporal } from 'temporal-polyfill';
import { awayOn, type Calendar, type Workdays } from '../calendar/index.ts';
import { type Address, type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { textIn } from '../text/text.ts';
import type { TakesFigures } from './figures.ts';
import type { Improvement } from './improvement.ts';
import { postedCard, threadCard } from './posted-cards.ts';
import type { Decided, Due, DueDigest, PlannedDigest, PostingStore, Unplanned } from './posting-store.ts';
import { firstWeek, type OnClock, type Posting, postingOf, postingsFrom, weekAfter } from './posting-time.ts';
import { previewCard } from './preview.ts';
import type { RemarkStore } from './remark-store.ts';

export interface PostingNeeds {
  store: PostingStore;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
  figures: TakesFigures;
  remarks: Pick<RemarkStore, 'of'>;
  /** What became of a team's earlier improvements since the last evaluation. */
  earlier(team: DueDigest['team'], now: Temporal.Instant): Promise<readonly Improvement[]>;
  nudge: Nudge;
  log: Log;
}

const { compare } = Temporal.Instant;

/**
 * Shows people their own part two hours ahead, and posts what a team's week was worth. Any number of processes may look:
 * a week is one row that one of them takes. What an outage kept from being posted is posted until the next week's first
 * noon, and recorded as not posted afterwards.
 */
export function postJob(needs: PostingNeeds): Job {
  const { store, nudge, log } = needs;
  return {
    name: 'digest.post',
    async run(now) {
      await planUnplanned(needs, null, now);
      let told = 0;
      const each = async (due: Due, decide: (digest: DueDigest, of: OnClock) => Promise<Decided>) => {
        const failed: string[] = [];
        for (;;) {
          const claimed = await store.claim(due, now, failed, async (digest) => {
            const decided = await decide(digest, await clockOf(needs, digest.team));
            told += decided.tell.length;
            return decided;
          });
          if (claimed === null) return;
          if (claimed.failed === null) continue;
          failed.push(claimed.id);
          log.error({ digest: claimed.id, err: claimed.failed }, 'an evaluation waits for the next tick');
        }
      };
      await each('previewAt', (digest, of) => decidePreview(needs, digest, of, now));
      await each('postAt', (digest, of) => decidePost(needs, digest, of, now));
      if (told === 0) return;
      log.info({ messages: told }, 'teams are evaluated');
      nudge();
    },
  };
}

/** Plans the next week of teams that have none, of one organisation or of all: new ones, and those that were paused. */
export async function planUnplanned(
  { store, calendar }: Pick<PostingNeeds, 'store' | 'calendar'>,
  organizationId: string | null,
  now: Temporal.Instant,
): Promise<void> {
  let behind: string | undefined;
  for (;;) {
    const { teams, next }: Awaited<ReturnType<PostingStore['unplanned']>> = await store.unplanned(
      organizationId,
      behind,
    );
    const calendars = await calendar.workdaysOf(
      teams.map(({ team }) => ({ organizationId: team.organizationId, teamId: team.id })),
    );
    const planned = teams.flatMap((one) => firstOf(one, calendars.get(one.team.id), now) ?? []);
    await store.plan(planned, now);
    if (next === null) return;
    behind = next;
  }
}

/** A look may come late; what was due just before it is posted. */
const sinceLastLook = { minutes: 15 };

function firstOf(
  { team, settings, postedTo }: Unplanned,
  workdays: Workdays | undefined,
  now: Temporal.Instant,
): PlannedDigest | null {
  if (workdays === undefined) throw new Error('a team without a calendar');
  const of = { timeZone: validTimeZone(team.timeZone), workdays };
  const after = now.subtract(sinceLastLook);
  const [first] = postingsFrom(settings, { week: firstWeek(now, postedTo, of), after }, 1, of);
  return first === undefined ? null : plannedOf(team, first);
}

const plannedOf = (
  { organizationId, id: teamId }: DueDigest['team'],
  { week, previewAt, postAt }: Posting,
): PlannedDigest => ({ organizationId, id: newId(), teamId, week, previewAt, postAt });

async function clockOf(
  { calendar }: PostingNeeds,
  { organizationId, id, timeZone }: DueDigest['team'],
): Promise<OnClock> {
  const workdays = (await calendar.workdaysOf([{ organizationId, teamId: id }])).get(id);
  if (workdays === undefined) throw new Error('a team without a calendar');
  return { timeZone: validTimeZone(timeZone), workdays };
}

const nothing = { previewAt: null, postAt: null, posted: null, tell: [], next: null } satisfies Decided;

/** A team that is gone or paused has no next week; somebody who brings it back plans it. */
const isOff = ({ team, settings }: DueDigest) => team.archived || settings.pausedAt !== null;

/** The week after a digest's that is posted; its moment may have passed too, and is looked at then. */
function following({ team, settings, week }: DueDigest, of: OnClock): PlannedDigest | null {
  const [next] = postingsFrom(settings, { week: weekAfter(week.to, of), after: null }, 1, of);
  return next === undefined ? null : plannedOf(team, next);
}

/** Days, clocks and settings may have changed since the week was planned: the moments are worked out again. */
async function decidePreview(
  needs: PostingNeeds,
  digest: DueDigest,
  of: OnClock,
  now: Temporal.Instant,
): Promise<Decided> {
  if (isOff(digest)) return nothing;
  const posting = postingOf(digest.settings, digest.week, of);
  if (posting === null) return { ...nothing, next: following(digest, of) };
  const { previewAt, postAt } = posting;
  if (compare(previewAt, now) > 0) return { ...nothing, previewAt, postAt };
  // Who would see it after the team sees no more than the team.
  const tell = compare(postAt, now) > 0 ? await previews(needs, digest, posting, now) : [];
  return { ...nothing, postAt, tell };
}

async function previews(
  { store, calendar, figures }: PostingNeeds,
  { id, team, week }: DueDigest,
  { day, postAt }: Posting,
  now: Temporal.Instant,
): Promise<OutboxRow[]> {
  const { organizationId } = team;
  const members = await store.members(team);
  const absences = await calendar.absencesOf(
    members.map(({ id: personId }) => ({ organizationId, personId })),
    day,
    day,
  );
  const there = members.filter((member) => awayOn(absences.get(member.id) ?? [], day) !== 'whole');
  const personIds = there.map((member) => member.id);
  const own = await figures.ofPeople({ organizationId, teamId: team.id, period: week, asOf: now, personIds });
  return there.flatMap((person) => {
    const mine = own.get(person.id);
    if (mine === undefined) return [];
    const card = previewCard(
      { digestId: id, team, figures: mine, postAt, remarks: [], posted: false },
      textIn(person.locale),
    );
    const as = { thing: 'digest', id, card: `own:${person.id}` };
    const to = { personId: person.id };
    const content = { do: 'post', card, as } as const;
    return [outboxRow({ organizationId, key: `digest-own:${id}:${person.id}`, to, content }, now)];
  });
}

async function decidePost(
  { figures, remarks, earlier }: PostingNeeds,
  digest: DueDigest,
  of: OnClock,
  now: Temporal.Instant,
): Promise<Decided> {
  if (isOff(digest)) return nothing;
  const posting = postingOf(digest.settings, digest.week, of);
  const next = following(digest, of);
  if (posting === null) return { ...nothing, next };
  const { previewAt, postAt, until } = posting;
  if (compare(postAt, now) > 0)
    return { ...nothing, previewAt: compare(previewAt, now) > 0 ? previewAt : null, postAt };
  if (compare(until, now) <= 0) return { ...nothing, next };
  const { id, team, week, settings } = digest;
  const { organizationId } = team;
  const taken = await figures.ofTeam({ organizationId, teamId: team.id, period: week, asOf: now });
  // There is nobody to evaluate.
  if (taken === null || taken.people === 0) return { ...nothing, next };
  const channel = settings.channel ?? team.channel;
  const to: Address | null = channel ?? (team.manager && { personId: team.manager.id });
  const posted = { asOf: now, figures: taken };
  if (to === null) return { ...nothing, posted, next };
  const said = { team, figures: taken, toManager: channel === null };
  const [words, improvements] = await Promise.all([remarks.of(organizationId, id), earlier(team, now)]);
  const card = postedCard(said, words);
  const more = threadCard(said, improvements);
  const as = { thing: 'digest', id, card: 'post' };
  const post = { do: 'post', card, as } as const;
  const thread: Address = 'personId' in to ? to : { ...to, under: as };
  const rest = { do: 'post', card: more, as: { ...as, card: 'more' } } as const;
  const tell = [
    outboxRow({ organizationId, key: `digest:${id}`, to, content: post }, now),
    outboxRow({ organizationId, key: `digest-more:${id}`, to: thread, content: rest }, now),
  ];
  return { ...nothing, posted, tell, next };
}
