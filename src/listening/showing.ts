import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, redraw, show } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { may, reach, roleOf } from '../people/index.ts';
import { mayReadSurvey } from '../surveys/index.ts';
import type { Words } from '../text/words.ts';
import { listCard, listeningCard } from './cards.ts';
import { type Listening, mayChange, mayRead, mayRecord } from './listening.ts';
import type { WithStores } from './needs.ts';
import type { SeenBy } from './store.ts';

/** Lines of each list; Slack shows fifty blocks, and each line has buttons. */
const shown = { planned: 12, done: 4 };

/** Whose visits a person may see, as the table of rights says. */
function seenBy({ me }: Pick<Call, 'me'>): SeenBy {
  const far = reach(me, 'listening.read');
  if (far === 'all') return 'all';
  if (far !== 'team') return { personId: me.id, teamIds: [] };
  return { personId: me.id, teamIds: roleOf(me) === 'salesManager' ? [...me.manages, ...me.memberOf] : me.memberOf };
}

/** Managers' visits as they are shown: one with the scores beside each other, and the list. */
export function createShowing(needs: WithStores) {
  const { store, surveys, feedback } = needs;

  async function drawn(call: Call, one: Listening, happened?: Words) {
    const { me } = call;
    const { organizationId } = one;
    const [own, last, dimensions] = await Promise.all([
      one.surveyId === null ? null : surveys.find(organizationId, one.surveyId),
      surveys.lastOfSources(organizationId, one.account.id),
      feedback.dimensionsOf(organizationId, { archived: true }),
    ]);
    // On the card of a visit stands what its manager said then, whatever another one said later.
    const others = own === null ? last : last.filter(({ source }) => source !== own.source);
    const all = own === null ? others : [own, ...others];
    const seen = all.filter((survey) => mayReadSurvey(one.accountBelongs, survey, me));
    return listeningCard(
      {
        one,
        surveys: seen,
        areAll: seen.length === all.length,
        dimensions,
        happened,
        mayRecord: mayRecord(one, me),
        mayChange: mayChange(one, me),
        mayAct: may(me, 'action.change', { personIds: [me.id], teamIds: [] }),
      },
      call,
    );
  }

  /** The visit, when this person may see it. */
  async function readable({ me }: Call, id: string | undefined): Promise<Listening | null> {
    const one = isPointer(id) ? await store.find(me.organizationId, id) : null;
    return one !== null && mayRead(one, me) ? one : null;
  }

  async function list(call: Call): Promise<Reply> {
    const { organizationId, id: me } = call.me;
    const seen = seenBy(call);
    const [planned, done] = await Promise.all([
      store.list(organizationId, seen, 'planned', shown.planned),
      store.list(organizationId, seen, 'done', shown.done),
    ]);
    const mayPlan = reach(call.me, 'listening.change') !== 'none';
    return show(listCard({ planned, done: done.shown, me, mayPlan }, call));
  }

  return {
    readable,
    list,
    card: async (call: Call, one: Listening, happened?: Words): Promise<Reply> =>
      show(await drawn(call, one, happened)),
    cardAgain: async (call: Call, one: Listening, happened?: Words): Promise<Reply> =>
      redraw(await drawn(call, one, happened)),
    async showOne(call: Call, about: string | undefined): Promise<Reply> {
      const one = await readable(call, about);
      return one === null ? notFound(call) : show(await drawn(call, one));
    },
  };
}

export type Showing = ReturnType<typeof createShowing>;
