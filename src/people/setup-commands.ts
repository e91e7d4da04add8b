import { fix, forbidden, notAllowed, notFound, type Reply, redraw, refuseForm, show, tell } from '../chat/reply.ts';
import {
  type Action,
  ask,
  type Call,
  type Command,
  type FormHandler,
  handles,
  type LookUp,
  type Opener,
} from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { readyCard, settingsCard, setUpCard } from './cards.ts';
import type { CommandNeeds } from './command-needs.ts';
import { currencyOption, findCurrencies, isCurrency, likelyCurrency } from './currency.ts';
import { findTimeZones, prepareTimeZones, timeZoneOption } from './find-time-zone.ts';
import { settingsForm } from './forms.ts';
import { localeOf } from './locale-of.ts';
import { reach } from './rights.ts';
import type { OrganizationRow } from './store.ts';
import { askForTeam } from './team-commands.ts';
import { isTimeZone } from './time-zone.ts';

/** `/kam setup`: three steps, and whoever stopped in the middle goes on where they were. */
export function setUpCommands({ store, forget }: Pick<CommandNeeds, 'store' | 'forget'>): {
  nextStep: CommandNeeds['setUpNext'];
  commands: Command[];
  actions: Action[];
  openers: Opener[];
  forms: FormHandler[];
  lookUps: LookUp[];
} {
  /** Whether they run the organisation; `me` may be some seconds old, and they may just have become administrator. */
  async function runsIt({ me }: Call): Promise<boolean> {
    if (reach(me, 'organization.change') === 'all') return true;
    if (!me.mayAdminister) return false;
    return (await store.administrators(me.organizationId)).some(({ id }) => id === me.id);
  }

  async function refusal({ me, text, organization }: Call): Promise<string> {
    const names = (await store.administrators(me.organizationId)).map(({ name }) => name);
    return organization.isSetUp && names.length > 0
      ? text.plain('people.setup.onlyAdministrators', { names: text.list(names.slice(0, 5)) })
      : text.plain('chat.notSetUp');
  }

  async function nextStep(call: Call): Promise<Reply> {
    const { me, text } = call;
    const [organization, teams] = await Promise.all([
      store.organization(me.organizationId),
      store.teams(me.organizationId, 'all'),
    ]);
    if (!organization) return notFound(call);
    if (!organization.isSetUp) return askForSettings(call, organization, true);
    if (teams.length === 0) return askForTeam(call, organization, 'setUp');
    const locale = localeOf(null, organization.locale, undefined);
    return show(setUpCard(text, { ...organization, locale, teams: teams.length }));
  }

  return {
    nextStep,
    commands: [
      {
        words: ['setup', '设置'],
        help: 'people.setup.help',
        beforeSetUp: true,
        run: async (call) => {
          const { me } = call;
          if (!(await runsIt(call))) {
            if (!me.mayAdminister || !(await store.claim(me.organizationId, me.id))) return tell(await refusal(call));
            forget(me.organizationId, [me.id]);
          }
          return nextStep(call);
        },
      },
    ],
    actions: [{ name: 'people.setUpLater', run: async ({ text }) => redraw(readyCard(text)) }],
    openers: [
      {
        name: 'people.settings',
        run: async (call) => {
          const organization = (await runsIt(call)) ? await store.organization(call.me.organizationId) : null;
          if (!organization) return notAllowed(call);
          return askForSettings(call, organization, false);
        },
      },
    ],
    forms: [
      handles({
        form: settingsForm,
        submit: async (call, answers, shown) => {
          const { me, text } = call;
          if (!(await runsIt(call))) return refuseForm(forbidden, call);
          const problems = {
            ...(isTimeZone(answers.timeZone) ? {} : { timeZone: text.plain('people.settings.timeZoneUnknown') }),
            ...(isCurrency(answers.currency) ? {} : { currency: text.plain('people.settings.currencyUnknown') }),
          };
          if (Object.keys(problems).length > 0) return fix(problems);
          const settings = { locale: answers.language, timeZone: answers.timeZone, currency: answers.currency };
          await store.setUp(me.organizationId, settings, call.now);
          forget(me.organizationId);
          return shown.about.step === 'setUp' ? nextStep(call) : show(settingsCard(text));
        },
      }),
    ],
    lookUps: [
      {
        source: 'timeZones',
        find: async ({ me, organization, text }, query) =>
          findTimeZones(query, text.locale, [me.timeZone, organization.timeZone]),
      },
      { source: 'currencies', find: async ({ text }, query) => findCurrencies(query, text.locale) },
    ],
  };
}

function askForSettings({ me, text }: Call, organization: OrganizationRow, first: boolean): Reply {
  const timeZone = first ? me.timeZone : organization.timeZone;
  const currency = first ? likelyCurrency(timeZone) : organization.currency;
  // Nobody waits for it: whoever types sooner waits for the rest of it then.
  void prepareTimeZones();
  return ask({
    form: settingsForm,
    id: newId(),
    about: first ? { step: 'setUp' } : {},
    initial: { language: first ? text.locale : localeOf(null, organization.locale, undefined), timeZone, currency },
    options: {
      timeZone: [timeZoneOption(timeZone, text.locale)],
      currency: [currencyOption(currency, text.locale)],
    },
    ...(first ? { intro: text.words('people.setup.step1') } : {}),
  });
}
