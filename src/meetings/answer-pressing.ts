import { Temporal } from 'temporal-polyfill';
import { firstWorkday } from '../calendar/index.ts';
import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, redraw, tell } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { byOf, cardFor, redrawnFor, refusalOf, type WithStores } from './answer-needs.ts';
import type { Redraw } from './answer-save-store.ts';
import { answerStore, type StoredPrompt } from './answer-store.ts';
import type { Turn } from './plan-turn-store.ts';

/** Answers with one tap: nothing today, skipped; and what became of each item of the plan. */
export function createPressing({ saves, turns, store, calendar, nudge, answered }: WithStores) {
  const redrawOf =
    (call: Call): Redraw =>
    async (prompt, pool) =>
      redrawnFor(call, await answerStore({ pool }).shown(prompt, call.me.timeZone));

  async function drawnAgain(call: Call, prompt: StoredPrompt): Promise<Reply> {
    nudge();
    answered();
    return redraw(cardFor(call, await store.shown(prompt, call.me.timeZone)));
  }

  /** "Nothing today" and "Skip". Somebody who has answered is shown their answer. */
  async function mark(call: Call, about: string | undefined, state: 'nothing' | 'skipped'): Promise<Reply> {
    if (!isPointer(about)) return notFound(call);
    const refusal = refusalOf(call);
    if (refusal) return refusal;
    const prompt = await saves.mark(byOf(call), about, state, redrawOf(call));
    return prompt === null ? notFound(call) : drawnAgain(call, prompt);
  }

  async function turn(call: Call, about: string | undefined, to: Turn['to']): Promise<Reply> {
    const [itemId, promptId] = about?.split(' ') ?? [];
    if (!isPointer(itemId) || !isPointer(promptId)) return notFound(call);
    const refusal = refusalOf(call);
    if (refusal) return refusal;
    const decided = to === 'moved' ? await moving(call, itemId) : { to };
    if (decided === null) return notFound(call);
    if ('reply' in decided) return decided;
    const result = await turns.turn(byOf(call), { itemId, promptId }, decided, redrawOf(call));
    if (result.turned) return drawnAgain(call, result.prompt);
    return result.why === 'movedOn' ? tell(call.text.words('prompts.problem.movedOn')) : notFound(call);
  }

  /** The first working day of its team after the item's own that is not over and on which the person is there. */
  async function moving(call: Call, itemId: string): Promise<Turn | Reply | null> {
    const { organizationId, id } = call.me;
    const item = await turns.item(organizationId, id, itemId);
    if (item === null) return null;
    const { teamId } = item;
    const next = Temporal.PlainDate.from(item.date).add({ days: 1 });
    const from = Temporal.PlainDate.compare(next, call.today) < 0 ? call.today : next;
    const days = await calendar.daysOf([{ organizationId, personId: id, teamIds: [teamId] }], from);
    const of = days.get(id);
    const day = of === undefined ? null : firstWorkday(of, from);
    return day === null ? tell(call.text.words('prompts.problem.noWorkday')) : { to: 'moved', day };
  }

  return { mark, turn };
}

export type Pressing = ReturnType<typeof createPressing>;
