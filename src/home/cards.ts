import type { ActionList } from '../actions/index.ts';
import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Call } from '../chat/slice.ts';
import type { FeedbackItem } from '../feedback/index.ts';
import type { PlanItem } from '../meetings/index.ts';
import type { Text } from '../text/text.ts';
import type { Visit } from '../visits/index.ts';
import { type DayPage, isEmpty, lines, type Page } from './page.ts';
import { buttonRow, heading, listed, note, waitingLine, withoutButtons } from './parts.ts';

/** Draws a page's lines of what other slices know, and leads to their lists. */
export interface Drawing {
  call: Call;
  action(action: ActionList['actions'][number]): Item;
  plan(item: PlanItem): Item;
  feedback(item: FeedbackItem): Item;
  inbox: Readonly<Record<'mine' | 'team', Button>>;
  myVisits: Button;
  /** What just happened, above everything. */
  happened: readonly Part[];
}

const logButton = (text: Text): Button => ({
  label: text.plain('home.button.log'),
  opens: 'visits.log',
  look: 'primary',
});
const actionsButton = (text: Text): Button => ({ label: text.plain('home.button.actions'), does: 'actions.mine' });

const visited = (visit: Visit, { text, today }: Call): Item => ({
  words: { strong: visit.account.name },
  detail: `${text.plain(`visits.kind.${visit.kind}`)} · ${text.day(visit.date, today)}`,
});

/** Who is asked for no plan, and has none, is shown none. */
function planParts({ day, logs }: DayPage, { call: { text }, plan }: Drawing): Part[] {
  if (day.items.total === 0 && !(day.plans && logs)) return [];
  const opens = 'prompts.plan';
  return [
    heading(text.words('home.plan.heading')),
    ...(day.items.total === 0
      ? [note(text.words('home.plan.none')), ...buttonRow({ label: text.plain('home.button.plan'), opens })]
      : listed(
          text,
          {
            all: day.items.shown,
            max: lines.plan,
            total: day.items.total,
            whole: { label: text.plain('home.button.wholePlan'), opens },
          },
          plan,
        )),
  ];
}

const accountsPart = ({ day, logs }: DayPage, call: Call): Part[] => {
  const { text } = call;
  const { shown, total } = day.overdue;
  const whole: Button = { label: text.plain('home.button.due'), does: 'home.due' };
  return [
    heading(text.words('home.accounts.heading')),
    ...(total === 0
      ? [note(text.words('home.accounts.none'))]
      : listed(text, { all: shown, max: lines.accounts, total, whole }, (one) => waitingLine(one, call, logs))),
  ];
};

function feedbackPart({ feedback }: Page, { call: { text }, ...drawing }: Drawing): Part[] {
  if (feedback.total === 0) return [];
  return [
    heading(text.words('home.feedback.heading')),
    ...listed(text, { all: feedback.items, max: lines.feedback, total: feedback.total }, drawing.feedback),
    ...buttonRow(drawing.inbox.mine),
  ];
}

/** One line: what was done since the week began, and as much of what was promised and asked as there was. */
function weekPart({ week, evaluated }: Page, { text }: Call): Part[] {
  const { from, visits, promises, prompts } = week;
  const since = text.plain(`meetings.day.${String(from.dayOfWeek) as '1' | '2' | '3' | '4' | '5' | '6' | '7'}`);
  const counts = { since, visits, kept: promises.value, due: promises.of, answered: prompts.value, asked: prompts.of };
  return [
    heading(text.words('home.week.heading')),
    { kind: 'words', words: text.words('home.week.words', counts) },
    ...buttonRow(evaluated && { label: text.plain('home.button.week'), does: 'digest.mine' }),
  ];
}

function teamParts({ team }: Page, { call: { text }, action, feedback, inbox }: Drawing): Part[] {
  if (team === null) return [];
  const { actions, feedback: open } = team;
  const whole: Button = { label: text.plain('home.button.team'), does: 'home.team' };
  return [
    ...(actions.total === 0
      ? []
      : [
          heading(text.words('home.team.heading')),
          ...listed(text, { all: actions.actions, max: lines.team, total: actions.total, whole }, (one) =>
            withoutButtons(action(one)),
          ),
        ]),
    ...(open.total === 0
      ? []
      : [
          heading(text.words('home.team.feedback')),
          ...listed(text, { all: open.items, max: lines.teamFeedback, total: open.total }, feedback),
        ]),
    ...buttonRow(open.total > 0 && inbox.team, { label: text.plain('home.button.teamWeek'), does: 'digest.teams' }),
  ];
}

/** The page of somebody who has nothing here yet: what to do first. */
function startParts({ logs }: Page, { text }: Call): Part[] {
  if (!logs) return [{ kind: 'words', words: text.words('home.observer') }];
  const example = { strong: text.words('home.start.quickExample') };
  return [
    { kind: 'words', words: text.words('home.start.words') },
    {
      kind: 'list',
      items: [{ words: text.words('home.start.log') }, { words: text.words('home.start.quick', { command: example }) }],
    },
    {
      kind: 'buttons',
      buttons: [logButton(text), { label: text.plain('home.button.addAccount'), opens: 'accounts.add' }],
    },
  ];
}

/** The person's own page. At its longest some sixty blocks in Slack, which shows a hundred there. */
export function homeCard(page: Page, drawing: Drawing): Card {
  const { call, action, happened, myVisits } = drawing;
  const { text, me } = call;
  const title = text.words('home.title', { name: me.name });
  const { actions, total } = page.actions;
  if (isEmpty(page)) return { title, body: [...happened, ...startParts(page, call), ...teamParts(page, drawing)] };
  return {
    title,
    body: [
      ...buttonRow(page.logs && logButton(text), actionsButton(text)),
      ...happened,
      ...planParts(page, drawing),
      ...accountsPart(page, call),
      heading(text.words('home.actions.heading')),
      ...(total === 0
        ? [note(text.words('home.actions.none'))]
        : listed(text, { all: actions, max: lines.actions, total, whole: actionsButton(text) }, action)),
      ...feedbackPart(page, drawing),
      ...(page.logs ? weekPart(page, call) : []),
      heading(text.words('home.visits.heading')),
      ...(page.visits.length === 0
        ? [note(text.words('home.visits.none'))]
        : [
            ...listed(text, { all: page.visits, max: lines.visits }, (visit) => visited(visit, call)),
            ...buttonRow(page.visits.length === lines.visits && myVisits),
          ]),
      ...teamParts(page, drawing),
    ],
  };
}

/** What is planned and due today, whom to visit, what was logged. */
export function todayCard(page: DayPage, drawing: Drawing): Card {
  const { call, action, happened } = drawing;
  const { text, today } = call;
  const { actions, total } = page.actions;
  return {
    title: text.words('home.today.title', { day: text.day(today, today) }),
    body: [
      ...happened,
      ...planParts(page, drawing),
      heading(text.words('home.actions.dueHeading')),
      ...(total === 0
        ? [note(text.words('home.actions.noneDue'))]
        : listed(text, { all: actions, max: lines.actions, total }, action)),
      ...accountsPart(page, call),
      heading(text.words('home.visits.todayHeading')),
      ...(page.visits.length === 0
        ? [note(text.words('home.visits.noneToday'))]
        : listed(text, { all: page.visits, max: lines.visits }, (visit) => visited(visit, call))),
      ...buttonRow(page.logs && logButton(text), actionsButton(text)),
    ],
  };
}
