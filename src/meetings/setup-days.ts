import { Temporal } from 'temporal-polyfill';
import { workdays } from './meeting.ts';
import { isRule, meetsOn, nextDays } from './times.ts';

/** What can be chosen: every working day of the team, or weekdays by their ISO number. */
export const dayChoices = ['workdays', '1', '2', '3', '4', '5', '6', '7'] as const;
export type DayChoice = (typeof dayChoices)[number];

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** A rule that says on which weekdays, and nothing else. */
const weekly = /^FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)$/;

/** What is wrong with the days somebody chose. */
export type DaysProblem = 'none' | 'both' | 'rule' | 'never';

/** Works on every day: then only the rule decides. */
export const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7], days: new Map() };

/**
 * The rule of a meeting from its form: a typed rule wins over the days that were chosen. `startsOn` is the day it counts
 * from.
 */
export function ruleOf(
  { days, rule }: { days: readonly string[]; rule: string | undefined },
  startsOn: Temporal.PlainDate,
): { rule: string } | { problem: DaysProblem } {
  if (rule !== undefined) return typedRule(rule, startsOn);
  if (days.length === 0) return { problem: 'none' };
  if (days.includes('workdays')) return days.length === 1 ? { rule: workdays } : { problem: 'both' };
  return { rule: `FREQ=WEEKLY;BYDAY=${codes.filter((_, index) => days.includes(String(index + 1))).join(',')}` };
}

function typedRule(typed: string, startsOn: Temporal.PlainDate): { rule: string } | { problem: DaysProblem } {
  const rule = typed
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replace(/^RRULE:/, '')
    .replace(/;$/, '');
  if (!isRule(rule)) return { problem: 'rule' };
  const from = { rule, startsOn, startsAt: new Temporal.PlainTime(), clock: 'team', windowMinutes: 0 } as const;
  return nextDays(from, startsOn, 1, everyDay).length === 0 ? { problem: 'never' } : { rule };
}

/** What of a rule the choice of days can show; null: it has to be shown as the rule that it is. */
export function choicesOf(rule: string): DayChoice[] | null {
  if (rule === workdays) return ['workdays'];
  const [, days] = weekly.exec(rule) ?? [];
  if (days === undefined) return null;
  const chosen = new Set(days.split(',').map((code) => String(codes.indexOf(code) + 1)));
  return dayChoices.filter((choice) => chosen.has(choice));
}

/** Whether a rule means a day, wherever the team works on it. Every working day means those that it works on. */
export const means = (of: { rule: string; startsOn: Temporal.PlainDate }, day: Temporal.PlainDate): boolean =>
  meetsOn(of, day, everyDay);
