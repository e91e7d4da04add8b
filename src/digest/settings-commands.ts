import type { Calendar } from '../calendar/index.ts';
import type { PlainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  forbidden,
  missing,
  notAllowed,
  notFound,
  type Refusal,
  type Reply,
  redraw,
  refuse,
  refuseForm,
  show,
  tell,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { mayChangeTeam, mayReadTeam, type People, reach, readableTeams, type Team } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import type { PlannedDigest } from './posting-store.ts';
import { firstWeek, type OnClock, postingsFrom } from './posting-time.ts';
import type { DigestSettings } from './settings.ts';
import { type SeenSettings, settingsCard, teamsCard, whenInWords, whereInWords } from './settings-cards.ts';
import { contentOf, isSame, plainSettings, type SettingsAnswers, settingsForm } from './settings-forms.ts';
import type { DigestContent, SetDigest, SettingsStore } from './settings-store.ts';

export interface SettingsNeeds {
  store: SettingsStore;
  people: Pick<People, 'team' | 'teams' | 'names'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
  log: Log;
}

const mayRank = ({ me }: Pick<Call, 'me'>) => reach(me, 'organization.change') === 'all';

/** How many of the next postings are shown. */
const next = 3;

type Found = { team: Team; of: OnClock; set: SetDigest };

/** `/kam digest settings`: when and where evaluations are posted, and whether people are ranked. */
export function settingsCommands({ store, people, calendar, log }: SettingsNeeds): Required<
  Pick<Slice, 'actions' | 'openers' | 'forms'>
> & {
  overview(call: Call, words: string): Promise<Reply>;
} {
  async function found({ me }: Call, teams: readonly Team[]): Promise<Found[]> {
    const { organizationId } = me;
    const ids = teams.map(({ id }) => id);
    const [set, calendars] = await Promise.all([
      store.of(organizationId, ids),
      calendar.workdaysOf(ids.map((teamId) => ({ organizationId, teamId }))),
    ]);
    return teams.flatMap((team) => {
      const [one, workdays] = [set.get(team.id), calendars.get(team.id)];
      return one && workdays ? [{ team, set: one, of: { timeZone: team.timeZone, workdays } }] : [];
    });
  }

  /** The postings to come with these settings. */
  const upcoming = ({ set, of }: Found, content: DigestContent, { now }: Call, count: number) =>
    content.pausedAt === null
      ? postingsFrom(content, { week: firstWeek(now, set.postedTo, of), after: now }, count, of)
      : [];

  async function seen(call: Call, all: readonly Found[]): Promise<SeenSettings[]> {
    const ranks = mayRank(call) ? await store.ranksPeople(call.me.organizationId) : null;
    return all.map((one) => ({
      team: { ...one.team, hasChannel: one.team.channelId !== null },
      settings: one.set.settings,
      upcoming: upcoming(one, one.set.settings, call, next),
      mayChange: mayChangeTeam(call.me, one.team.id),
      ranks,
    }));
  }

  async function cardOf(call: Call, one: Found, said?: Words) {
    const [team] = await seen(call, [one]);
    if (team === undefined) throw new Error('one team is one');
    return settingsCard(team, call.text, said);
  }

  /** Null: no such team that they may see. */
  async function readable(call: Call, about: string | undefined): Promise<Found | null> {
    if (!isPointer(about) || !mayReadTeam(call.me, about)) return null;
    const team = await people.team(call.me.organizationId, about);
    const [one] = team === null ? [] : await found(call, [team]);
    return one ?? null;
  }

  /** A team whose settings they may change; else why not. */
  async function changeable(call: Call, about: string | undefined): Promise<Found | Refusal> {
    const one = await readable(call, about);
    if (one === null) return missing;
    return mayChangeTeam(call.me, one.team.id) ? one : forbidden;
  }

  /** Stores it with what is posted then; false when somebody was faster. */
  async function save(call: Call, one: Found, settings: DigestSettings, to: DigestContent): Promise<boolean> {
    const { organizationId, id: personId } = call.me;
    const [first] = upcoming(one, to, call, 1);
    const planned: PlannedDigest | null =
      first === undefined
        ? null
        : {
            organizationId,
            id: newId(),
            teamId: one.team.id,
            week: first.week,
            previewAt: first.previewAt,
            postAt: first.postAt,
          };
    const changed = await store.change(settings, to, { personId, at: call.now }, planned);
    if (changed)
      log.info({ organization: organizationId, team: one.team.id }, 'when an evaluation is posted was changed');
    return changed;
  }

  async function overview(call: Call, words: string): Promise<Reply> {
    const { me, text } = call;
    const all = await people.teams(me.organizationId, readableTeams(me));
    const sought = words.trim().toLowerCase();
    const those = all.filter(({ name }) => name.toLowerCase().includes(sought));
    if (those.length === 0)
      return tell(
        sought === ''
          ? text.words('digest.settings.noTeam')
          : text.words('meetings.list.noMatch', { name: cut(words, 60) }),
      );
    const teams = await found(call, those);
    const [only, ...others] = teams;
    return show(
      only !== undefined && others.length === 0 ? await cardOf(call, only) : teamsCard(await seen(call, teams), text),
    );
  }

  async function openChange(call: Call, about: string | undefined): Promise<Reply> {
    const one = await changeable(call, about);
    if ('refused' in one) return refuse(one, call);
    return askToChange(call, one, { id: newId(), initial: plainSettings(one.set.settings, call.me.workspaceId) });
  }

  function askToChange(
    call: Call,
    { team, set }: Found,
    { id, initial, intro }: { id: string; initial: PlainAnswers; intro?: Words },
  ): Reply {
    return ask({
      form: settingsForm,
      id,
      initial,
      about: { team: team.id, version: String(set.settings.version) },
      intro: intro ?? call.text.words('digest.settings.intro', { team: { strong: team.name } }),
    });
  }

  async function submit(call: Call, answers: SettingsAnswers, shown: Shown): Promise<Reply> {
    const one = await changeable(call, shown.about.team);
    if ('refused' in one) return refuseForm(one, call);
    const { settings } = one.set;
    const to = contentOf(answers, settings, call.me.workspaceId);
    // The same form delivered again finds what it asks for.
    if (!isSame(settings, to)) {
      const changed = Number(shown.about.version) === settings.version && (await save(call, one, settings, to));
      if (!changed) return somebodyWasFaster(call, answers, shown);
    }
    return drawn(call, one.team.id, 'saved');
  }

  /** The same form with all that was typed, and what the other one made of it. */
  async function somebodyWasFaster(call: Call, answers: SettingsAnswers, shown: Shown): Promise<Reply> {
    const one = await changeable(call, shown.about.team);
    if ('refused' in one) return refuseForm(one, call);
    const { settings } = one.set;
    const { organizationId, workspaceId } = call.me;
    const { changedById } = settings;
    const names = changedById === null ? null : await people.names(organizationId, [changedById]);
    const intro = call.text.words('digest.settings.changed', {
      name: changedById === null ? '?' : { person: changedById, name: names?.get(changedById) ?? '?' },
      when: whenInWords(settings, one.team.timeZone, call.text),
      where: whereInWords(settings, one.team.channelId !== null, call.text),
    });
    const initial = plainSettings(contentOf(answers, settings, workspaceId), workspaceId);
    return askToChange(call, one, { id: shown.id, initial, intro });
  }

  async function drawn(call: Call, teamId: string, what: 'saved' | 'resumed' | 'rankingSaved'): Promise<Reply> {
    const one = await readable(call, teamId);
    if (one === null) return notFound(call);
    return redraw(await cardOf(call, one, call.text.words(`digest.settings.${what}`)));
  }

  /** Pressed twice it has done it once; who was faster wins, and both see what holds now. */
  const turning = (pause: boolean) =>
    async function run(call: Call, about: string | undefined): Promise<Reply> {
      const one = await changeable(call, about);
      if ('refused' in one) return refuse(one, call);
      const { settings } = one.set;
      const to = { ...settings, pausedAt: pause ? call.now : null };
      if ((settings.pausedAt !== null) !== pause && !(await save(call, one, settings, to))) {
        const now = await readable(call, about);
        return now === null ? notFound(call) : redraw(await cardOf(call, now));
      }
      // That it is paused the card says by itself.
      return drawn(call, one.team.id, pause ? 'saved' : 'resumed');
    };

  const ranking = (ranks: boolean) =>
    async function run(call: Call, about: string | undefined): Promise<Reply> {
      const one = await readable(call, about);
      if (one === null) return notFound(call);
      if (!mayRank(call)) return notAllowed(call);
      const { organizationId } = call.me;
      await store.rankPeople(organizationId, ranks);
      log.info({ organization: organizationId, ranks }, 'whether evaluations rank people was changed');
      return drawn(call, one.team.id, 'rankingSaved');
    };

  return {
    overview,
    actions: [
      {
        name: 'digest.settings',
        run: async (call, about) => {
          const one = await readable(call, about);
          return one === null ? notFound(call) : redraw(await cardOf(call, one));
        },
      },
      { name: 'digest.pause', run: turning(true) },
      { name: 'digest.resume', run: turning(false) },
      { name: 'digest.rankingOn', run: ranking(true) },
      { name: 'digest.rankingOff', run: ranking(false) },
    ],
    openers: [{ name: 'digest.change', run: openChange }],
    forms: [handles({ form: settingsForm, submit })],
  };
}
