import { setTimeout } from 'node:timers/promises';
import { outboxRow } from '../chat/outbox.ts';
import { type Reply, show, tell } from '../chat/reply.ts';
import type { Call, Command } from '../chat/slice.ts';
import { textIn } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { CommandNeeds } from './command-needs.ts';
import { linkCodeHash, linkTime, makeLinkCode, readLinkCode } from './link-code.ts';
import type { Redeemed, Tell } from './link-store.ts';

/** `/kam link`: a code; typed in another chat app, with the same command, it joins the two accounts of one person. */
export function linkCommands(
  needs: Pick<CommandNeeds, 'links' | 'forget' | 'joined' | 'inBackground' | 'patience'>,
): Command[] {
  const { links, forget, joined, inBackground, patience } = needs;
  const fromOf = ({ me, id }: Call) => ({
    organizationId: me.organizationId,
    personId: me.id,
    workspaceId: me.workspaceId,
    requestKey: id,
  });

  async function issue(call: Call): Promise<Reply> {
    const { me, text, now } = call;
    const { signs, shown } = makeLinkCode();
    const until = now.add(linkTime);
    const isNew = await links.issue(fromOf(call), linkCodeHash(me.organizationId, signs), until);
    // The same gesture again: the code is known to nobody but the one who reads the first answer.
    if (!isNew) return tell(text.words('people.link.again'));
    const code = text.words('people.link.code', { code: { strong: shown }, until: text.moment(until, me.timeZone) });
    return show({
      title: text.words('people.link.title'),
      body: [
        { kind: 'words', words: code },
        { kind: 'note', words: text.words('people.link.secret') },
      ],
    });
  }

  async function redeem(call: Call, typed: string): Promise<Reply> {
    const { now } = call;
    const from = fromOf(call);
    const { organizationId, requestKey } = from;
    const signs = readLinkCode(typed);
    const sayThere: Tell = ({ to, locale, lostName }) => {
      const words = textIn(locale).words('people.link.joinedThere', { name: { strong: lostName } });
      const card = { body: [{ kind: 'words', words } as const] };
      return outboxRow({ organizationId, key: `people-linked:${requestKey}`, to, content: { do: 'post', card } }, now);
    };
    const codeHash = signs === null ? null : linkCodeHash(organizationId, signs);
    const working = links.redeem({ ...from, codeHash, now }, sayThere).then(async (result) => {
      if (result.became === 'joined' && result.lost !== null) {
        forget(organizationId, [result.lost, result.keeper.id]);
        await joined(organizationId, result.keeper.id, result.moved);
      }
      return result;
    });
    const answered = new AbortController();
    const slow = setTimeout(patience, null, { signal: answered.signal }).catch(() => null);
    const result = await Promise.race([working, slow]).finally(() => answered.abort());
    if (result !== null) return tell(answerTo(call, result));
    inBackground(working);
    return tell(call.text.words('people.link.slow'));
  }

  return [
    {
      words: ['link', '关联'],
      usage: 'people.link.usage',
      help: 'people.link.help',
      beforeSetUp: true,
      run: (call, rest) => (rest === '' ? issue(call) : redeem(call, rest)),
    },
  ];
}

/** What is wrong with a code that was mistyped, is too old or was used reads alike. */
function answerTo({ text, me }: Call, result: Redeemed): Words {
  switch (result.became) {
    case 'joined':
      return text.words('people.link.joined', { name: { strong: result.keeper.name } });
    case 'wrong':
      return text.words('people.link.wrong', { left: result.left });
    case 'wait':
      return text.words('people.link.wait', { until: text.moment(result.until, me.timeZone) });
    case 'colleague':
      return text.words('people.link.colleague', { name: { strong: result.name } });
    case 'own':
      return text.words('people.link.own');
    case 'already':
      return text.words('people.link.already');
    case 'gone':
      return text.words('chat.notFound');
  }
}
