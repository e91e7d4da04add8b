import { type Reply, show } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import type { Asking } from './answer-asking.ts';
import { cardFor, refusalOf, type WithStores } from './answer-needs.ts';
import { planAhead } from './prompt-cards.ts';

/** `/kam plan`. */
export function planCommands({ store, asking }: Pick<WithStores, 'store'> & { asking: Asking }) {
  /**
   * Today's plan: its form while it is open, else what stands, with the way to the next working day. Where nobody was
   * asked yet, or nobody is asked today, the form of the next morning.
   */
  async function plan(call: Call): Promise<Reply> {
    const { me, today, text } = call;
    const refusal = refusalOf(call);
    if (refusal) return refusal;
    const prompt = await store.prompt(me.organizationId, me.id, { morningOf: today });
    if (prompt === null) return asking.openFrom(call, today);
    if (prompt.state === 'open') return asking.askFor(call, { prompt }, { apart: true });
    const card = cardFor(call, await store.shown(prompt, me.timeZone));
    return show({ ...card, body: [...card.body, { kind: 'buttons', buttons: [planAhead(prompt.date, text)] }] });
  }

  return { plan };
}
