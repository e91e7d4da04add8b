import type { KnownBlock } from '@slack/types';
import type { Dispatched } from '../dispatch.ts';
import { cardOf, sentence } from '../reply-card.ts';
import { acknowledgement } from './acknowledge.ts';
import { type Adapter, gestureOf, isForeign, modalOf, openModal, outsiderMessage, placeOf } from './adapter.ts';
import { drawMessage } from './draw-card.ts';
import { slashCommand } from './payloads.ts';
import { readable } from './readable.ts';
import { respond } from './respond.ts';

/** An answer that only the person sees, in the acknowledgement itself. */
export interface CommandAnswer {
  response_type: 'ephemeral';
  text: string;
  blocks: KnownBlock[];
}
type Ack = (answer?: CommandAnswer) => Promise<void>;

/** `/kam` and whatever words follow. */
export async function onCommand(adapter: Adapter, body: unknown, ack: Ack): Promise<void> {
  const { log, apiUrl } = adapter;
  const said = slashCommand.parse(body);
  const privately = (message: { text: string; blocks: KnownBlock[] }) =>
    ({ response_type: 'ephemeral', ...message }) as const;
  if (isForeign(adapter, said.team_id)) return ack(privately(outsiderMessage()));
  const acknowledge = acknowledgement(
    ack,
    () => undefined,
    (error) => log.error({ err: error }, 'could not acknowledge'),
  );
  const place = placeOf(said.channel_id);
  const { reply, text }: Dispatched = await adapter.dispatch(
    gestureOf(adapter, { id: said.trigger_id, user: said.user_id, place }, { did: 'said', words: readable(said.text) }),
  );
  const tell = async (message: { text: string; blocks: KnownBlock[] }) => {
    if (await acknowledge.give(privately(message))) return;
    await respond(said.response_url, apiUrl, privately(message));
  };
  if (reply.reply === 'ask') {
    const view = modalOf(adapter, reply.asked, text.locale, { origin: place });
    const opened = await openModal(adapter, said.trigger_id, view);
    if (opened !== 'failed') return void (await acknowledge.give());
    return tell(drawMessage(sentence(text.plain('chat.form.notOpened'))));
  }
  if (reply.reply === 'home') {
    await tell(drawMessage({ body: [{ kind: 'words', words: text.words('chat.home.there') }] }));
    return adapter.homes.publish(said.user_id, reply.card);
  }
  const card = cardOf(reply);
  if (card === null) return void (await acknowledge.give());
  await tell(drawMessage(card));
}
