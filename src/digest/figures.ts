import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accountClasses } from '../accounts/index.ts';
import { attention } from './attention.ts';
import { win } from './evaluation-wins.ts';
import { type Period, periodKinds } from './period.ts';
import { proposal } from './proposal.ts';

/** What people do, how well the customers are looked after, and what comes of it: never added up, never mixed. */
export const figureGroups = ['activity', 'quality', 'outcome'] as const;
export type FigureGroup = (typeof figureGroups)[number];

/** The figures in the order in which they are shown, with their groups. */
export const figureGroup = {
  visits: 'activity',
  prompts: 'activity',
  coverageCore: 'quality',
  coveragePotential: 'quality',
  promises: 'quality',
  overdue: 'quality',
  feedbackIn: 'quality',
  feedbackAnswered: 'quality',
  feedbackOpen: 'quality',
  advances: 'outcome',
  score: 'outcome',
} as const satisfies Record<string, FigureGroup>;
export type FigureName = keyof typeof figureGroup;

const names = Object.keys(figureGroup) as FigureName[];
export const figureNames: readonly FigureName[] = names;

/** Whether words from outside name a figure. */
export const isFigure = (name: unknown): name is FigureName =>
  typeof name === 'string' && Object.hasOwn(figureGroup, name);

/** Under so many answers there is no service score: one angry customer is not a service. */
export const fewestAnswers = 3;

/** How many earlier periods the mean is of, and how many the picture shows, this one included. */
export const periodsOfMean = 4;
export const periodsOfPicture = 8;

const named = z.object({ id: z.string(), name: z.string() });

/** One figure of one period. */
const fact = z.object({
  name: z.enum(names as [FigureName, ...FigureName[]]),
  group: z.enum(figureGroups),
  /** A number of things; of the service score the mean, from 1 to 5. Null: it cannot be said. */
  value: z.number().nullable(),
  /** Of how many; of the service score the number of answers. Null: of nothing in particular. */
  of: z.number().nullable(),
  /** The value of the period before; null: there was none, or it cannot be said. */
  before: z.number().nullable(),
  /** The mean of the four periods before, those without anything left out; null: there were none. */
  mean: z.number().nullable(),
});
export type Fact = z.infer<typeof fact>;

const day = z.iso.date();
const share = z.object({ value: z.number(), of: z.number() });

/**
 * The evaluation of a period: of a team, or of one person (`personId`). Plain data: it is stored as JSON with the digest
 * that was posted, and read back with `readFigures`. Days are YYYY-MM-DD in the team's zone.
 */
const figures = z.object({
  version: z.literal(1),
  teamId: z.string(),
  personId: z.string().nullable(),
  kind: z.enum(periodKinds),
  from: day,
  to: day,
  /** The last day that counts: `to`, or today while working days are to come. */
  until: day,
  /** The moment of which the figures are, ISO 8601 in UTC. */
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  /** How many people it is about, those who are away included. */
  people: z.number(),
  /** How many customers are theirs. */
  customers: z.number(),
  /** What does not count, and is said. */
  leftOut: z.object({
    /** People who were away on every working day of the period. */
    away: z.array(named),
    /** Customers whom those people look after. */
    customersOfAway: z.number(),
    /** Days off that would have been working days. */
    holidays: z.array(day),
    /** Prompts that the bot could not bring in time. */
    promptsMissed: z.number(),
  }),
  /** Nothing is known of the periods before. */
  first: z.boolean(),
  facts: z.array(fact),
  /** Visits and calls by the customers' class, against what the class's interval asks for. */
  visitsByClass: z.array(share.extend({ class: z.enum(accountClasses) })),
  /** Customers seen within their class's interval at the end of each period, the oldest first. */
  coverage: z.object({
    ends: z.array(day),
    classes: z.array(z.object({ class: z.enum(accountClasses), points: z.array(share) })),
  }),
  attention,
  proposals: z.array(proposal),
  wins: z.array(win),
  /** People by name, where the organisation ranks them: visits against what was asked of each. Else null. */
  ranking: z.array(share.extend({ id: z.string(), name: z.string() })).nullable(),
});
export type Figures = z.infer<typeof figures>;

/** Which figures: of a team, in a period that has begun, as they are at an instant. */
export interface FiguresAsked {
  organizationId: string;
  teamId: string;
  period: Period;
  asOf: Temporal.Instant;
}

/** Computes figures when they are asked for; nothing is kept. Made by `createFigures` in figures-taking.ts. */
export interface TakesFigures {
  /** Null: no such team, archived, or the period has not begun. A team without members has figures, of nobody. */
  ofTeam(asked: FiguresAsked): Promise<Figures | null>;
  /**
   * The same figures of people of that team, about their own customers, visits and promises: what they see and what their
   * manager sees of them. By person; who is no member of the team (any more) or only observes is left out. In as many
   * questions to the database for five hundred people as for one.
   */
  ofPeople(asked: FiguresAsked & { personIds: readonly string[] }): Promise<ReadonlyMap<string, Figures>>;
}

/** Figures as they were stored; null where what is stored is not (any more) what this program writes. */
export function readFigures(stored: unknown): Figures | null {
  const read = figures.safeParse(stored);
  return read.success ? read.data : null;
}

/** A figure by its name. */
export function factOf({ facts }: Pick<Figures, 'facts'>, name: FigureName): Fact {
  const found = facts.find((one) => one.name === name);
  if (!found) throw new Error(`there is no figure ${name}`);
  return found;
}

/** Figures that are better when they are smaller. */
export const fewerIsBetter: readonly FigureName[] = ['overdue', 'feedbackOpen'];

/** The change from the period before; null where there is nothing to compare. */
export const changeOf = ({ value, before }: Pick<Fact, 'value' | 'before'>): number | null =>
  value === null || before === null ? null : value - before;

/** Nothing happened in the period, as far as anybody wrote down. */
export const isEmptyPeriod = (of: Pick<Figures, 'facts'>): boolean =>
  (['visits', 'promises', 'feedbackIn', 'prompts'] as const).every((name) => {
    const { value, of: asked } = factOf(of, name);
    return (value ?? 0) === 0 && (name !== 'promises' || (asked ?? 0) === 0);
  });
