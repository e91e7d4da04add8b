import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { announced, team } from './company.ts';

const element = z.looseObject({ type: z.string(), action_id: z.string().optional() });
const viewShape = z.looseObject({
  private_metadata: z.string(),
  blocks: z.array(z.looseObject({ block_id: z.string().optional(), element: element.optional() })),
});

/** Visits go back from yesterday, so that none is the second of a day and none is of the future anywhere. */
const day = 86_400_000;
const dateOf = (daysFromNow: number) => new Date(Date.now() + daysFromNow * day).toISOString().slice(0, 10);
let submitted = 0;

/** What a submission is acknowledged with when the visit is stored. */
export const storedAnswer = '{"response_action":"clear"}';

/**
 * Makes form submissions as Slack sends them, from a view that the bot has opened: each of a form of its own, by the
 * account managers in turn, for an account and a day that none before it had.
 */
export function submissionsOf(openedView: string, accountIds: readonly string[]): () => Record<string, string> {
  const drawn = viewShape.parse(JSON.parse(openedView));
  const { formId } = z.object({ formId: z.string() }).parse(JSON.parse(drawn.private_metadata));
  return () => {
    const index = submitted++;
    const [author, turn] = [index % announced.length, Math.floor(index / announced.length)];
    const accountId = accountIds[turn % accountIds.length] ?? '';
    const date = dateOf(-2 - Math.floor(turn / accountIds.length));
    const id = uuid();
    const mine = openedView.replaceAll(formId, id).replaceAll(formId.slice(-12), id.slice(-12));
    const view = viewShape.parse(JSON.parse(mine));
    const answers: Record<string, Record<string, unknown>> = {
      account: { selected_option: { text: { type: 'plain_text', text: 'An account' }, value: accountId } },
      note: { value: `They liked the price of the second offer, and asked for a visit to the plant. (${index})` },
      nextStep: { value: 'Send the sample' },
      date: { selected_date: date },
      due: { selected_date: dateOf(14) },
    };
    const values: Record<string, Record<string, unknown>> = {};
    for (const { block_id: block, element } of view.blocks) {
      if (block === undefined || element?.action_id === undefined) continue;
      const given = answers[block.split('@')[0] ?? ''] ?? { selected_option: element.initial_option ?? null };
      values[block] = { [element.action_id]: { type: element.type, ...given } };
    }
    const user = { id: announced[author], username: 'somebody', name: 'somebody', team_id: team.id };
    const whole = { ...view, id: `V${index}`, hash: `${index}.bench`, team_id: team.id, state: { values } };
    const payload = { type: 'view_submission', team, user, api_app_id: 'A0KAM', token: 'unused', view: whole };
    return {
      payload: JSON.stringify({ ...payload, enterprise: null, is_enterprise_install: false, response_urls: [] }),
    };
  };
}
