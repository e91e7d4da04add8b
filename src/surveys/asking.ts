import { type Account, contactOptions } from '../accounts/index.ts';
import type { PlainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, notAllowed, notFound, nothing, notice, type Reply, redraw, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { reach } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { type Locale, locales } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type AskAnswers, askForm, longestNewContact, usualDays } from './forms.ts';
import { linkCard, revokedCard } from './link-cards.ts';
import { finding, type WithStores } from './needs.ts';
import type { Scoring } from './scoring.ts';
import { isOpen, mayAsk, type Survey } from './survey.ts';
import { packLink, previewGoodFor, previewPurpose, previewSite, surveyPurpose, surveySite } from './survey-link.ts';

const isLocale = (value: string | null): value is Locale => locales.some((one) => one === value);
const compared = (name: string) => name.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();

/** Asking the customer: a link that the person sends themselves, taken back, shown again. */
export function createAsking(
  needs: WithStores & { scoring: Scoring; report(call: Call, rest: string): Promise<Reply> },
) {
  const { accounts, asks, links, scoring } = needs;
  const find = finding(needs);

  /** Where the customer's page is, and where who asks looks at it; null: nothing signs links here. */
  async function addressesOf(survey: Survey, { now }: Call): Promise<{ link: string; preview: string } | null> {
    const signer = await links.signer();
    if (signer === null || survey.expiresAt === null) return null;
    const { organizationId, id: surveyId, linkVersion, expiresAt } = survey;
    const of = { organizationId, surveyId, linkVersion };
    const token = signer.sign(surveyPurpose, packLink({ ...of, expiresAt }));
    const preview = signer.sign(previewPurpose, packLink({ ...of, expiresAt: now.add(previewGoodFor) }));
    return {
      link: `${links.address()}/${surveySite}/${token}`,
      preview: `${links.address()}/${previewSite}/${preview}`,
    };
  }

  /** The link's card, or that it is good no more; null: nothing signs links here. */
  async function cardOf(call: Call, survey: Survey) {
    if (!isOpen(survey, call.now)) return revokedCard(survey, call.text);
    const addresses = await addressesOf(survey, call);
    if (addresses === null) return null;
    const inTheirs = textIn(isLocale(survey.locale) ? survey.locale : 'en');
    const company = call.organization.name;
    const reader = { ...call, timeZone: call.me.timeZone };
    return linkCard(survey, reader, { ...addresses, inTheirs, company });
  }

  const unsigned = ({ text }: Call): Reply => tell(text.words('surveys.problem.noSecret'));

  /** The form, with the contacts of the account where it is known. */
  async function formFor(
    call: Call,
    given: { id: string; account: Account | null; initial?: PlainAnswers; without?: readonly string[] },
  ): Promise<Reply> {
    const { me, text } = call;
    const { id, account, initial = {} } = given;
    const [contacts, refusals] = account
      ? await Promise.all([
          accounts.contacts(me.organizationId, account.id),
          asks.refusals(me.organizationId, account.id),
        ])
      : [[], new Set<string | null>()];
    const askable = contacts.filter((one) => !refusals.has(one.id)).slice(0, 100);
    const silent = contacts.filter((one) => refusals.has(one.id)).map(({ name }) => name);
    const { contact, ...others } = initial;
    const chosen = askable.find((one) => one.id === contact);
    const intro: Words[] = [text.words('surveys.form.ask.intro')];
    if (silent.length > 0) intro.push('\n', text.words('surveys.form.ask.silent', { names: text.list(silent) }));
    return ask({
      form: askForm,
      id,
      initial: {
        language: text.locale,
        days: usualDays,
        ...(account === null ? {} : { account: account.id }),
        ...others,
        ...(chosen === undefined ? {} : { contact: chosen.id }),
      },
      options: {
        ...(account === null ? {} : { account: [{ value: account.id, label: account.name }] }),
        contact: contactOptions(askable),
      },
      without: askable.length === 0 ? ['contact'] : [],
      intro,
    });
  }

  /** The account when this person may ask there; else what to answer. */
  async function askable(call: Call, id: string | undefined): Promise<Account | Reply> {
    const account = await find.account(call, id);
    if (account === null) return notFound(call);
    return mayAsk(account, call.me) ? account : notAllowed(call);
  }

  async function open(call: Call, about: string | undefined, named = ''): Promise<Reply> {
    if (reach(call.me, 'survey.ask') === 'none') return notAllowed(call);
    if ((await links.signer()) === null) return unsigned(call);
    if (about === undefined) return formFor(call, { id: newId(), account: null });
    const account = await askable(call, about);
    if ('reply' in account) return account;
    const refusals = await asks.refusals(call.me.organizationId, account.id);
    if (refusals.has(null)) return tell(call.text.words('surveys.problem.refusedAll', { account: account.name }));
    if (named === '') return formFor(call, { id: newId(), account });
    const contacts = await accounts.contacts(call.me.organizationId, account.id);
    const same = contacts.filter((one) => compared(one.name) === compared(named));
    const meant = same.length > 0 ? same : contacts.filter((one) => compared(one.name).includes(compared(named)));
    const [only] = meant;
    const language = /\p{Script=Han}/u.test(only?.name ?? named) ? { language: 'zh-CN' } : {};
    const initial =
      only !== undefined && meant.length === 1
        ? { contact: only.id, ...language }
        : { newContact: cut(named, longestNewContact), ...language };
    if (only !== undefined && meant.length === 1 && refusals.has(only.id))
      return tell(call.text.words('surveys.problem.refused', { contact: only.name }));
    return formFor(call, { id: newId(), account, initial });
  }

  /** `survey [account] [contact]`, `survey report …`. */
  async function command(call: Call, rest: string): Promise<Reply> {
    const report = /^(?:report|报告)(?=$|\s|\p{Script=Han})\s*/iu.exec(rest.trim());
    if (report) return needs.report(call, rest.trim().slice(report[0].length));
    if (rest.trim() === '') return open(call, undefined);
    const found = await find.named(call, rest, (one) => ({ does: 'surveys.account', about: one.id }));
    if ('reply' in found) return found;
    const { account, rest: contact } = found;
    return contact.trim() === '' ? scoring.showAccount(call, account.id) : open(call, account.id, contact.trim());
  }

  /** Another account has other contacts. */
  async function changed(call: Call, field: string, initial: PlainAnswers, form: Shown): Promise<Reply> {
    if (field !== 'account') return nothing;
    const chosen = initial.account;
    const account = typeof chosen === 'string' ? await find.account(call, chosen) : null;
    return formFor(call, { id: form.id, account, initial });
  }

  async function submit(call: Call, answers: AskAnswers, form: Shown): Promise<Reply> {
    const { me, now, today, text } = call;
    if (!isPointer(form.id)) return notice(text.plain('chat.form.closed'));
    const account = await find.account(call, answers.account);
    if (account === null) return fix({ account: text.plain('surveys.problem.account') });
    if (!mayAsk(account, me)) return fix({ account: text.plain('chat.notAllowed') });
    if (answers.contact !== undefined && !isPointer(answers.contact))
      return fix({ contact: text.plain('surveys.problem.contact') });
    const added =
      answers.newContact === undefined
        ? []
        : await accounts.ensureContacts(me.organizationId, account.id, [answers.newContact]);
    const asked = await asks.ask({
      organizationId: me.organizationId,
      id: form.id,
      accountId: account.id,
      authorId: me.id,
      today,
      at: now,
      contactId: added[0] ?? answers.contact ?? null,
      locale: answers.language,
      expiresAt: now.round('second').add({ hours: 24 * answers.days }),
    });
    if (asked.became === 'gone') return fix({ account: text.plain('surveys.problem.account') });
    if (asked.became === 'refused') {
      const field = answers.newContact === undefined && answers.contact !== undefined ? 'contact' : 'account';
      const shown = form.without.includes(field) ? 'account' : field;
      return fix({ [shown]: text.plain('surveys.problem.refusedSome') });
    }
    const card = await cardOf(call, asked.survey);
    return card === null ? unsigned(call) : show(card);
  }

  /** A survey of this person's asking, or one whose account they may ask at. */
  async function ofLink(call: Call, id: string | undefined): Promise<Survey | null> {
    const found = await scoring.visible(call, id);
    if (found === null || found.survey.source !== 'customer') return null;
    return found.survey.author.id === call.me.id || mayAsk(found.account, call.me) ? found.survey : null;
  }

  async function showLink(call: Call, about: string | undefined): Promise<Reply> {
    const survey = await ofLink(call, about);
    // A link is the answer itself: only who asked sends it.
    if (survey === null || survey.author.id !== call.me.id) return notFound(call);
    const card = await cardOf(call, survey);
    return card === null ? unsigned(call) : show(card);
  }

  async function revoke(call: Call, about: string | undefined): Promise<Reply> {
    const [id, version] = about?.split(' ') ?? [];
    const survey = await ofLink(call, id);
    if (survey === null) return notFound(call);
    await asks.revoke(call.me.organizationId, survey.id, Number(version) || 0);
    return redraw(revokedCard(survey, call.text));
  }

  const slice: Required<Pick<Slice, 'commands' | 'openers' | 'actions' | 'forms'>> = {
    commands: [{ words: ['survey', '调查'], usage: 'surveys.ask.usage', help: 'surveys.ask.help', run: command }],
    openers: [{ name: 'surveys.ask', run: (call, about) => open(call, about) }],
    actions: [
      { name: 'surveys.link', run: showLink },
      { name: 'surveys.revoke', run: revoke },
    ],
    forms: [handles({ form: askForm, submit, change: changed })],
  };
  return { slice };
}
