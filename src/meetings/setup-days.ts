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

/** The answers about days: chosen ones, and a rule that wins over them where one was typed. */
export interface DaysAnswer {
  days: readonly string[];
  rule?: string | undefined;
}

/** The rule of a meeting, of answers that have no problem. */
export function ruleOf({ days, rule }: DaysAnswer): string {
  if (rule !== undefined)
    return rule
      .toUpperCase()
      .replaceAll(/\s/g, '')
      .replace(/^RRULE:/, '')
      .replace(/;$/, '');
  if (days.includes('workdays')) return workdays;
  return `FREQ=WEEKLY;BYDAY=${codes.filter((_, index) => days.includes(String(index + 1))).join(',')}`;
}

/** Null: they make a rule. `startsOn` is the day it counts from. */
export function daysProblem(answer: DaysAnswer, startsOn: Temporal.PlainDate): DaysProblem | null {
  const { days, rule } = answer;
  if (rule !== undefined) return ruleProblem(ruleOf(answer), startsOn);
  if (days.length === 0) return 'none';
  return days.includes('workdays') && days.length > 1 ? 'both' : null;
}

function ruleProblem(rule: string, startsOn: Temporal.PlainDate): DaysProblem | null {
  if (!isRule(rule)) return 'rule';
  const from = { rule, startsOn, startsAt: new Temporal.PlainTime(), clock: 'team', windowMinutes: 0 } as const;
  try {
    return nextDays(from, startsOn, 1, everyDay).length === 0 ? 'never' : null;
  } catch {
    // What means no day at all, such as 30 February, is given up after a while.
    return 'never';
  }
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
