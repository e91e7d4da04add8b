import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Call } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may, type People, type Person, type Team } from '../people/index.ts';
import { textIn } from '../text/text.ts';
import { type FigureName, isFigure } from './figures.ts';
import { toldCard, visitsCard } from './improvement-cards.ts';
import type { NewImprovement, NewStep, WrittenWith } from './improvement-store.ts';
import { postingDay, weekAfter, weekAt } from './posting-time.ts';
import type { Proposal } from './proposal.ts';

export interface PlanNeeds {
  accounts: Pick<Accounts, 'get'>;
  actions: Pick<Actions, 'remindAt'>;
  people: Pick<People, 'people'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
}

/** What else is written when a proposal is acted on: the customers' next steps, and what people are told. */
export function createImprovementPlan({ accounts, actions, people, calendar }: PlanNeeds) {
  return {
    /** Whether a proposal means visits to its customers. */
    isFor: ({ rule, accountIds }: Proposal): boolean => rule === 'planSilent' && accountIds.length > 0,

    figureOf: (proposal: Proposal | null): FigureName | null =>
      proposal !== null && isFigure(proposal.figure) ? proposal.figure : null,

    /** Tells whoever sees to it, when somebody else decided so. */
    toldRow(call: Call, owner: Person, { organizationId, id, text, dueOn }: NewImprovement): OutboxRow {
      const card = toldCard({ by: call.me.name, text, dueOn, id }, textIn(owner.locale));
      const content = { do: 'post', card } as const;
      return outboxRow({ organizationId, key: `improvement:${id}`, to: { personId: owner.id }, content }, call.now);
    },

    /**
     * A visit next week as a next step for the owner of each customer, and one message to each of them. Customers of
     * people who are gone, or of nobody, are seen to by the improvement's owner. Who decides for themselves alone plans
     * no one else's week. Customers for whom one is planned already get no second one.
     */
    async visits(
      call: Call,
      { team, proposal, owner }: { team: Team; proposal: Proposal; owner: Person },
      requestKey: string,
    ): Promise<(planned: ReadonlySet<string>) => WrittenWith & { before: number }> {
      const { me, now } = call;
      const { organizationId } = me;
      const found = await Promise.all(proposal.accountIds.map((id) => accounts.get(organizationId, id)));
      const customers = found.flatMap((one) => (one === null || one.archivedAt !== null ? [] : [one]));
      const owners = await people.people(
        organizationId,
        customers.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])),
      );
      const workdays = (await calendar.workdaysOf([{ organizationId, teamId: team.id }])).get(team.id);
      if (workdays === undefined) throw new Error('a team without a calendar');
      const of = { timeZone: team.timeZone, workdays };
      const nextWeek = weekAfter(weekAt(now, of).to, of);
      const dueOn = postingDay({ weekday: 5 }, nextWeek, workdays) ?? nextWeek.to;
      const plans = customers.flatMap((customer) => {
        const theirs = customer.ownerId === null ? undefined : owners.get(customer.ownerId);
        const who = theirs?.active && !theirs.observer ? theirs : owner;
        const mayPlan = may(me, 'improvement.change', { personIds: [who.id], teamIds: [team.id] });
        return mayPlan ? [{ customer, who }] : [];
      });
      return (planned) => {
        const further = plans.filter(({ customer }) => !planned.has(customer.id));
        const steps = further.map(({ customer, who }): NewStep => {
          const text = textIn(who.locale).plain('improvements.step');
          const remindAt = actions.remindAt(dueOn, who.timeZone, now);
          return { id: newId(), accountId: customer.id, ownerId: who.id, text, dueOn, remindAt };
        });
        const byOwner = Map.groupBy(
          further.filter(({ who }) => who.id !== me.id),
          ({ who }) => who,
        );
        const tell = [...byOwner].map(([who, theirs]) => {
          const names = theirs.map(({ customer }) => customer.name);
          const card = visitsCard({ by: me.name, customers: names, dueOn }, textIn(who.locale));
          const to = { personId: who.id };
          const key = `improvement-visits:${requestKey}:${who.id}`;
          return outboxRow({ organizationId, key, to, content: { do: 'post', card } }, now);
        });
        return { steps, tell, before: plans.length - further.length };
      };
    },
  };
}
