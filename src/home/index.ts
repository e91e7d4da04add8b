import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Part } from '../chat/card.ts';
import { pageStart } from '../chat/pages.ts';
import { notFound, type Reply, redraw, show } from '../chat/reply.ts';
import type { Call, Slice } from '../chat/slice.ts';
import type { Digest } from '../digest/index.ts';
import type { Feedback } from '../feedback/index.ts';
import type { Meetings, PageDay } from '../meetings/index.ts';
import { may } from '../people/index.ts';
import type { Visits } from '../visits/index.ts';
import { type Drawing, homeCard, todayCard } from './cards.ts';
import { dueCard, teamCard } from './list-cards.ts';
import { besides, type DayPage, lines, listLines, type Page, readSkip } from './page.ts';

/** The person's own page and their day. */
export interface Home {
  slice: Slice;
  /** The page, as the platform shows it when it is opened. At most six questions to the database. */
  home(call: Call): Promise<Reply>;
}

interface HomeNeeds {
  accounts: Pick<Accounts, 'dueFor'>;
  actions: Pick<Actions, 'openFor' | 'dueInTeams' | 'openAndDueInTeams' | 'line' | 'turn'>;
  visits: Pick<Visits, 'recentBy' | 'loggedOn' | 'mineButton'>;
  meetings: Pick<Meetings, 'dayOf' | 'planLine' | 'turnItem'>;
  feedback: Pick<Feedback, 'openFor' | 'openInMine' | 'line' | 'inboxButton'>;
  digest: Pick<Digest, 'weekOf'>;
}

/** What the page calls the buttons of an item of the plan: with it they are told from those on a prompt's card. */
const ofPlan = 'home.plan';
type PlanTurn = Parameters<Meetings['turnItem']>[2];

export function createHome({ accounts, actions, visits, meetings, feedback, digest }: HomeNeeds): Home {
  const logs = ({ me }: Call) => may(me, 'visit.log', { personIds: [me.id], teamIds: [] });
  const leads = ({ me }: Call) => me.manages.length > 0 && !me.observer;

  const drawing = (
    call: Call,
    day: Pick<PageDay, 'promptId'>,
    onPage: boolean,
    happened: readonly Part[],
  ): Drawing => ({
    call,
    happened,
    action: (action) => actions.line(call, action, 'home.done', onPage),
    plan: (item) => meetings.planLine(call, item, day, onPage && logs(call) ? ofPlan : null),
    feedback: (item) => feedback.line(call, item),
    myVisits: visits.mineButton(call.text.plain('home.button.visits')),
    inbox: {
      mine: feedback.inboxButton('mine', call.text.plain('home.button.inbox')),
      team: feedback.inboxButton('team', call.text.plain('home.button.teamInbox')),
    },
  });

  /** What is open of the person's own, and of the teams that they manage; null: they manage none. */
  async function actionsOf(call: Call): Promise<{ own: Page['actions']; teams: Page['actions'] | null }> {
    if (!leads(call)) return { own: await actions.openFor(call), teams: null };
    return actions.openAndDueInTeams(call, call.today, { own: lines.actions, teams: lines.team });
  }

  async function home(call: Call, happened: readonly Part[] = []): Promise<Reply> {
    const { me } = call;
    const [day, found, open, openInTeams, week, recent] = await Promise.all([
      meetings.dayOf(call),
      actionsOf(call),
      feedback.openFor(call, { limit: lines.feedback }),
      leads(call) ? feedback.openInMine(call, { limit: lines.feedback + lines.teamFeedback }) : null,
      digest.weekOf(call),
      visits.recentBy(me.organizationId, me.id, lines.visits),
    ]);
    const team = found.teams && openInTeams && { actions: found.teams, feedback: besides(openInTeams, open.items) };
    const page: Page = {
      day,
      actions: found.own,
      feedback: open,
      week,
      visits: recent,
      team,
      logs: logs(call),
      evaluated: me.memberOf.length > 0 && !me.observer,
    };
    return { reply: 'home', card: homeCard(page, drawing(call, day, true, happened)) };
  }

  async function todayOf(call: Call, happened: readonly Part[] = []) {
    const { me, today } = call;
    const [day, due, logged] = await Promise.all([
      meetings.dayOf(call),
      actions.openFor(call, today),
      visits.loggedOn(me.organizationId, me.id, today),
    ]);
    const page: DayPage = { day, actions: due, visits: logged, logs: logs(call) };
    return todayCard(page, drawing(call, day, false, happened));
  }

  /** A press on the page or on the day's card: that is drawn again with what happened. */
  async function press(call: Call, about: string | undefined, to: 'done' | 'open'): Promise<Reply> {
    const result = await actions.turn(call, about, to, 'home.reopen');
    if (!result.turned) return result.reply;
    if (result.view.of === 'home') return home(call, result.happened);
    return redraw(await todayOf(call, result.happened));
  }

  /** What became of an item of the plan: the page is drawn again, and the prompt's card wherever it stands. */
  async function pressPlan(call: Call, about: string | undefined, to: PlanTurn): Promise<Reply> {
    // The page is no message of a prompt's.
    const done = await meetings.turnItem({ ...call, place: { kind: 'home' } }, about, to);
    return done.reply === 'redraw' ? home(call) : done;
  }

  async function due(call: Call, about: string | undefined): Promise<Reply> {
    const skip = readSkip(about);
    if (skip === null) return notFound(call);
    const all = await accounts.dueFor(call);
    const from = pageStart(skip, all.length, listLines.due);
    const shown = all.slice(from, from + listLines.due);
    return show(dueCard({ accounts: shown, from, total: all.length, logs: logs(call) }, call));
  }

  async function team(call: Call): Promise<Reply> {
    if (!leads(call)) return notFound(call);
    const list = await actions.dueInTeams(call, call.today, listLines.team);
    return show(teamCard(list, listLines.team, drawing(call, { promptId: null }, false, [])));
  }

  return {
    home: (call) => home(call),
    slice: {
      name: 'home',
      commands: [
        { words: ['today', '今天'], help: 'home.help', run: async (call) => show(await todayOf(call)) },
        { words: ['home', '首页', '主页'], help: 'home.page.help', run: (call) => home(call) },
      ],
      actions: [
        { name: 'home.done', run: (call, about) => press(call, about, 'done') },
        { name: 'home.reopen', run: (call, about) => press(call, about, 'open') },
        { name: `${ofPlan}.done`, run: (call, about) => pressPlan(call, about, 'done') },
        { name: `${ofPlan}.moved`, run: (call, about) => pressPlan(call, about, 'moved') },
        { name: `${ofPlan}.dropped`, run: (call, about) => pressPlan(call, about, 'dropped') },
        { name: `${ofPlan}.reopen`, run: (call, about) => pressPlan(call, about, 'planned') },
        { name: 'home.due', run: due },
        { name: 'home.team', run: team },
      ],
    },
  };
}
