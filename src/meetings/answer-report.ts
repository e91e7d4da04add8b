import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Text, textIn } from '../text/text.ts';
import { type Period, readPeriod } from '../visits/index.ts';
import { type MeetingKind, meetingKinds } from './meeting.ts';

/** Which meetings are reported on: all, those of a kind, or one. */
export type WhichMeeting = { kind: MeetingKind } | { meetingId: string } | null;

/** What a report is about; it travels in the button that leads to its next page. */
export interface ReportOn {
  who: 'me' | 'team' | { personId: string };
  which: WhichMeeting;
  period: Period;
  skip: number;
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((written, context) => {
    try {
      return Temporal.PlainDate.from(written);
    } catch {
      context.addIssue({ code: 'custom', message: 'no day' });
      return z.NEVER;
    }
  });
const pointer = z.tuple([
  z.union([z.enum(['me', 'team']), z.uuid()]),
  z.union([z.literal('any'), z.enum(meetingKinds), z.uuid()]),
  day,
  day,
  z.coerce.number().int().min(0).max(100_000),
]);

/** A report as a button carries it. */
export function writeReport({ who, which, period, skip }: ReportOn): string {
  const meeting = which === null ? 'any' : 'kind' in which ? which.kind : which.meetingId;
  return [typeof who === 'string' ? who : who.personId, meeting, period.from, period.to, skip].join(' ');
}

/** Reads what a button carries; null when it is none of ours. */
export function readReport(about: string | undefined): ReportOn | null {
  const read = pointer.safeParse(about?.split(' '));
  if (!read.success) return null;
  const [who, meeting, from, to, skip] = read.data;
  const kind = meetingKinds.find((one) => one === meeting);
  return {
    who: who === 'me' || who === 'team' ? who : { personId: who },
    which: meeting === 'any' ? null : kind === undefined ? { meetingId: meeting } : { kind },
    period: { from, to },
    skip,
  };
}

/** Words that mean oneself, and everybody in one's teams. */
const me = new Set(['', 'me', 'my', 'mine', '我', '我的']);
const team = new Set(['team', 'my team', 'all', 'everybody', 'everyone', '团队', '我的团队', '全部', '大家']);

/** What people call a kind of meeting besides its name. */
const short: Readonly<Record<MeetingKind, readonly string[]>> = {
  morning: ['morning', 'mornings', '晨会'],
  evening: ['evening', 'evenings'],
  sales: ['sales', '销售会'],
  own: [],
};

/** What `/kam report` was asked: a meeting, a period, and whose answers, in any order. */
export interface ReportWords {
  which: WhichMeeting;
  period: Period | null;
  /** A name that is still to be looked for. */
  who: 'me' | 'team' | { named: string };
}

/** Reads the words behind the command. `meetings`: those with a name of their own. */
export function readReportWords(
  words: string,
  today: Temporal.PlainDate,
  meetings: readonly { id: string; name: string }[],
): ReportWords {
  const { rest: withoutPeriod, period } = findPeriod(words.slice(0, longest), today);
  const { rest, which } = findMeeting(withoutPeriod, meetings);
  const who = rest.toLowerCase();
  if (me.has(who)) return { which, period, who: 'me' };
  return { which, period, who: team.has(who) ? 'team' : { named: rest } };
}

const longest = 200;

/** The longest beginning that ends in a period; what stands around it is left. */
function findPeriod(words: string, today: Temporal.PlainDate): { rest: string; period: Period | null } {
  for (let end = words.length; end > 0; end -= 1) {
    if (!isBorder(words, end)) continue;
    const { rest, period } = readPeriod(words.slice(0, end), today);
    if (period !== null) return { rest: `${rest} ${words.slice(end)}`.trim(), period };
  }
  return { rest: words.trim(), period: null };
}

const han = /\p{Script=Han}/u;

/** Whether a word can end here: at a space, at either end, and anywhere in Chinese. */
const isBorder = (words: string, at: number): boolean => {
  const [before, after] = [words[at - 1], words[at]];
  if (before === undefined || after === undefined) return true;
  return /\s/u.test(before) || /\s/u.test(after) || han.test(before) || han.test(after);
};

/** A meeting's name at the beginning or the end of the words; the longest wins. */
function findMeeting(words: string, meetings: readonly { id: string; name: string }[]) {
  const names = [
    ...meetings.map(({ id, name }) => ({ name, which: { meetingId: id } })),
    ...meetingKinds.flatMap((kind) =>
      [...kindNames(kind), ...short[kind]].map((name) => ({ name, which: { kind } as const })),
    ),
  ].sort((a, b) => b.name.length - a.name.length);
  const line = words.toLowerCase();
  for (const { name, which } of names) {
    const wanted = name.trim().toLowerCase();
    if (wanted === '') continue;
    if (line.startsWith(wanted) && isBorder(line, wanted.length))
      return { which, rest: words.slice(wanted.length).trim() };
    const from = line.length - wanted.length;
    if (line.endsWith(wanted) && isBorder(line, from)) return { which, rest: words.slice(0, from).trim() };
  }
  return { which: null, rest: words };
}

const texts: readonly Text[] = [textIn('en'), textIn('zh-CN')];
const kindNames = (kind: MeetingKind) => texts.map((text) => text.plain(`meetings.kind.${kind}`));
