import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Part } from '../chat/card.ts';
import { type Reply, redraw, show } from '../chat/reply.ts';
import type { Call, Slice } from '../chat/slice.ts';
import { may } from '../people/index.ts';
import type { Visits } from '../visits/index.ts';
import { type Drawing, homeCard, todayCard } from './cards.ts';
import { lines, type Page } from './page.ts';

/** The person's own page and their day. */
export interface Home {
  slice: Slice;
  /** The page, as the platform shows it when it is opened. At most six questions to the database. */
  home(call: Call): Promise<Reply>;
}

export function createHome(needs: {
  accounts: Pick<Accounts, 'dueFor'>;
  actions: Pick<Actions, 'openFor' | 'dueInTeams' | 'line' | 'turn'>;
  visits: Pick<Visits, 'recentBy' | 'loggedOn'>;
}): Home {
  const { accounts, actions, visits } = needs;

  const logs = ({ me }: Call) => may(me, 'visit.log', { personIds: [me.id], teamIds: [] });
  const drawing = (call: Call, happened: readonly Part[], onPage: boolean): Drawing => ({
    call,
    happened,
    line: (action) => actions.line(call, action, 'home.done', onPage),
  });

  async function home(call: Call, happened: readonly Part[] = []): Promise<Reply> {
    const { me, today } = call;
    const [mine, dueAccounts, recent, team] = await Promise.all([
      actions.openFor(call),
      accounts.dueFor(call),
      visits.recentBy(me.organizationId, me.id, lines.visits),
      me.manages.length > 0 && !me.observer ? actions.dueInTeams(call, today, lines.team) : null,
    ]);
    const page: Page = { actions: mine, dueAccounts, visits: recent, team, logs: logs(call) };
    return { reply: 'home', card: homeCard(page, drawing(call, happened, true)) };
  }

  async function todayOf(call: Call, happened: readonly Part[] = []) {
    const { me, today } = call;
    const [due, dueAccounts, logged] = await Promise.all([
      actions.openFor(call, today),
      accounts.dueFor(call),
      visits.loggedOn(me.organizationId, me.id, today),
    ]);
    const page: Page = { actions: due, dueAccounts, visits: logged, team: null, logs: logs(call) };
    return todayCard(page, drawing(call, happened, false));
  }

  /** A press on the page or on the day's card: that is drawn again with what happened. */
  async function press(call: Call, about: string | undefined, to: 'done' | 'open'): Promise<Reply> {
    const result = await actions.turn(call, about, to, 'home.reopen');
    if (!result.turned) return result.reply;
    if (result.view.of === 'home') return home(call, result.happened);
    return redraw(await todayOf(call, result.happened));
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
      ],
    },
  };
}
