import { contactOptions } from '../accounts/index.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  forbidden,
  missing,
  notAllowed,
  notFound,
  notice,
  type Reply,
  redraw,
  refuseForm,
  show,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { everybody, type SilenceAnswers, silenceForm } from './forms.ts';
import { silencedCard, unsilencedCard } from './link-cards.ts';
import { finding, type WithStores } from './needs.ts';
import { mayAsk } from './survey.ts';

/** Contacts that a list offers, besides everybody; Slack takes 100 (block elements: select). */
const mostContacts = 99;

/** Writing down that somebody does not want to be asked, who said so elsewhere or by a link without a name. */
export function createSilencing(needs: WithStores) {
  const { accounts, asks } = needs;
  const find = finding(needs);

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const { me, text } = call;
    const account = await find.account(call, about);
    if (account === null) return notFound(call);
    if (!mayAsk(account, me)) return notAllowed(call);
    const [contacts, refusals] = await Promise.all([
      accounts.contacts(me.organizationId, account.id),
      asks.refusals(me.organizationId, account.id),
    ]);
    const others = contacts.filter(({ id }) => !refusals.has(id)).slice(0, mostContacts);
    const all = { value: everybody, label: text.plain('surveys.silence.everybody', { account: account.name }) };
    return ask({
      form: silenceForm,
      id: newId(),
      about: { account: account.id },
      options: { contact: [...contactOptions(others), all] },
      intro: text.words('surveys.form.silence.intro', { account: { strong: account.name } }),
    });
  }

  async function submit(call: Call, { contact }: SilenceAnswers, form: Shown): Promise<Reply> {
    const { me, now, text } = call;
    if (!isPointer(form.id)) return notice(text.plain('chat.form.closed'));
    const account = await find.account(call, form.about.account);
    if (account === null) return refuseForm(missing, call);
    if (!mayAsk(account, me)) return refuseForm(forbidden, call);
    if (contact !== everybody && !isPointer(contact)) return fix({ contact: text.plain('surveys.problem.contact') });
    const silence = await asks.silence({
      organizationId: me.organizationId,
      id: form.id,
      accountId: account.id,
      byId: me.id,
      at: now,
      contactId: contact === everybody ? null : contact,
    });
    if (silence === 'gone') return fix({ contact: text.plain('surveys.problem.contact') });
    if (silence === 'refused') return fix({ contact: text.plain('surveys.problem.silentAlready') });
    return show(silencedCard(silence, text));
  }

  async function takeBack(call: Call, about: string | undefined): Promise<Reply> {
    const { me } = call;
    const silence = isPointer(about) ? await asks.silenceOf(me.organizationId, about) : null;
    const account = silence && (await find.account(call, silence.account.id));
    if (silence === null || account === null || !mayAsk(account, me)) return notFound(call);
    await asks.speakAgain(silence);
    return redraw(unsilencedCard(silence, call.text));
  }

  const slice: Required<Pick<Slice, 'openers' | 'actions' | 'forms'>> = {
    openers: [{ name: 'surveys.silence', run: open }],
    actions: [{ name: 'surveys.unsilence', run: takeBack }],
    forms: [handles({ form: silenceForm, submit })],
  };
  return { slice };
}
