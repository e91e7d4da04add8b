import type { Card } from '../chat/card.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
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
} from '../chat/reply.ts';
import {
  type Action,
  ask,
  type Call,
  type Command,
  type FormHandler,
  handles,
  type Me,
  type Opener,
} from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { type TeamSeen, teamsCard } from './cards.ts';
import type { CommandNeeds } from './command-needs.ts';
import { findNames } from './find-name.ts';
import { prepareTimeZones, timeZoneOption } from './find-time-zone.ts';
import { type TeamAnswers, teamForm } from './forms.ts';
import { localeOf } from './locale-of.ts';
import { mayChangeTeam, mayReadTeam, reach, readableTeams } from './rights.ts';
import type { TeamContent, TeamRow } from './store.ts';
import { isTimeZone, validTimeZone } from './time-zone.ts';

const mayAdd = ({ me }: Call) => reach(me, 'team.change') === 'all';

/** `/kam team`: one's own teams, all of them for administrators, and what may be changed in them. */
export function teamCommands({ store, forget, userIds, setUpNext }: CommandNeeds): {
  commands: Command[];
  actions: Action[];
  openers: Opener[];
  forms: FormHandler[];
} {
  async function seen(call: Call): Promise<TeamSeen[]> {
    const { me } = call;
    const teams = await store.teams(me.organizationId, readableTeams(me));
    const personIds = new Set(teams.flatMap((team) => [...team.memberIds, team.managerId].filter((id) => id !== null)));
    const people = await store.people(me.organizationId, [...personIds]);
    const names = new Map(people.map(({ id, name }) => [id, { id, name }]));
    return teams.map((team) => ({
      id: team.id,
      name: team.name,
      manager: names.get(team.managerId ?? '') ?? null,
      members: team.memberIds.map((id) => names.get(id)).filter((person) => person !== undefined),
      announces: team.announceVisits && team.channelId !== null,
      mayChange: mayChangeTeam(call.me, team.id),
    }));
  }

  async function overview(call: Call, options: { lead?: Words; query?: string } = {}): Promise<Card> {
    const { text, me } = call;
    const { query = '' } = options;
    const teams = await seen(call);
    const shown = query === '' ? teams : findNames(query, teams);
    const whyNone = async () => {
      if (teams.length > 0) return text.words('people.team.noMatch', { name: cut(query, 60) });
      if (mayAdd(call)) return text.words('people.team.noneAtAll');
      const names = (await store.administrators(me.organizationId)).map(({ id, name }) => ({ person: id, name }));
      return text.words('people.team.none', { names: text.list(names.slice(0, 5)) });
    };
    const lead = options.lead ?? (shown.length === 0 ? await whyNone() : undefined);
    return teamsCard(text, { teams: shown, mayAdd: mayAdd(call), ...(lead === undefined ? {} : { lead }) });
  }

  /** A team that this person may change; else why not. */
  async function changeable(call: Call, about: string | undefined): Promise<TeamRow | Refusal> {
    const { me } = call;
    if (!isPointer(about) || !mayReadTeam(me, about)) return missing;
    const team = await store.team(me.organizationId, about);
    if (team === null) return missing;
    return mayChangeTeam(me, about) ? team : forbidden;
  }

  async function save(
    call: Call,
    answers: TeamAnswers,
    shown: { id: string; about: Readonly<Record<string, string>> },
  ) {
    const { me, text } = call;
    const isNew = shown.about.team === undefined;
    const before = isNew ? null : await changeable(call, shown.about.team);
    if (before !== null && 'refused' in before) return refuseForm(before, call);
    if (isNew && !mayAdd(call) && !(shown.about.step === 'setUp' && (await isAdministrator(call)))) {
      return refuseForm(forbidden, call);
    }
    if (answers.timeZone !== undefined && !isTimeZone(answers.timeZone)) {
      return fix({ timeZone: text.plain('people.settings.timeZoneUnknown') });
    }
    const content = await contentOf(call, answers, before);
    if (content.announceVisits && content.channelId === null) {
      return fix({ channel: text.plain('people.team.announceWhere') });
    }
    if (before) {
      if (!(await store.changeTeam(me.organizationId, before.id, content))) return refuseForm(missing, call);
    } else await store.addTeam(me.organizationId, shown.id, content);
    forget(me.organizationId, everybodyIn(content, before));
    if (shown.about.step === 'setUp') return setUpNext(call);
    return show(await overview(call, { lead: text.words('people.team.saved', { name: { strong: content.name } }) }));
  }

  async function isAdministrator({ me }: Call): Promise<boolean> {
    return (await store.administrators(me.organizationId)).some(({ id }) => id === me.id);
  }

  /** What the form cannot show, the users or channels of another workspace, stays as it was. */
  async function contentOf(
    { me, colleagues }: Call,
    answers: TeamAnswers,
    before: TeamRow | null,
  ): Promise<TeamContent> {
    const organization = before ? null : await store.organization(me.organizationId);
    const elsewhere = before && colleagues === 'users' ? await peopleElsewhere(me, before) : [];
    const managerElsewhere = elsewhere.find((id) => id === before?.managerId);
    const { channel = null } = answers;
    const keepsChannel = channel === null && before !== null && hasChannelElsewhere(before, me.workspaceId);
    return {
      name: answers.name,
      managerId: answers.manager ?? managerElsewhere ?? null,
      memberIds: [...new Set([...answers.members, ...elsewhere.filter((id) => before?.memberIds.includes(id))])],
      timeZone: answers.timeZone ?? before?.timeZone ?? validTimeZone(organization?.timeZone ?? me.timeZone),
      locale: answers.language ?? before?.locale ?? localeOf(null, organization?.locale, undefined),
      channelId: keepsChannel ? before.channelId : channel,
      channelWorkspaceId: keepsChannel ? before.channelWorkspaceId : channel && me.workspaceId,
      announceVisits: answers.announce,
    };
  }

  async function peopleElsewhere({ organizationId, workspaceId }: Me, team: TeamRow): Promise<string[]> {
    const ids = everybodyIn(team);
    const [here, people] = await Promise.all([
      userIds(organizationId, workspaceId, ids),
      store.people(organizationId, ids),
    ]);
    return people.filter(({ id, active }) => active && !here.has(id)).map(({ id }) => id);
  }

  return {
    commands: [
      {
        words: ['team', '团队', 'teams'],
        usage: 'people.team.usage',
        help: 'people.team.help',
        run: async (call, rest) => show(await overview(call, { query: rest })),
      },
    ],
    actions: [
      { name: 'people.teams', run: async (call) => show(await overview(call)) },
      {
        name: 'people.archiveTeam',
        run: async (call, about) => {
          const team = await changeable(call, about);
          if ('refused' in team) return refuse(team, call);
          await store.archiveTeam(call.me.organizationId, team.id, call.now);
          forget(call.me.organizationId, everybodyIn(team));
          return redraw(await overview(call, { lead: call.text.words('people.team.archived') }));
        },
      },
    ],
    openers: [
      {
        name: 'people.newTeam',
        run: async (call) => {
          if (!mayAdd(call)) return notAllowed(call);
          const organization = await store.organization(call.me.organizationId);
          return organization ? askForTeam(call, organization) : notFound(call);
        },
      },
      {
        name: 'people.team',
        run: async (call, about) => {
          const team = await changeable(call, about);
          return 'refused' in team ? refuse(team, call) : askAboutTeam(call, team);
        },
      },
    ],
    forms: [handles({ form: teamForm, submit: save })],
  };
}

const hasChannelElsewhere = (team: TeamRow, workspaceId: string) =>
  team.channelWorkspaceId !== null && team.channelWorkspaceId !== workspaceId;

const everybodyIn = (...teams: readonly (Pick<TeamContent, 'managerId' | 'memberIds'> | null)[]) =>
  teams.flatMap((team) => [...(team?.memberIds ?? []), ...(team?.managerId ? [team.managerId] : [])]);

/** A team that does not exist yet; `setUp`: the first one, on the way through the set-up. */
export function askForTeam(
  { me, text }: Call,
  organization: { locale: string; timeZone: string },
  step?: 'setUp',
): Reply {
  void prepareTimeZones();
  return ask({
    form: teamForm,
    id: newId(),
    about: step ? { step } : {},
    initial: {
      ...(step ? { manager: me.id } : {}),
      language: localeOf(null, organization.locale, undefined),
      timeZone: organization.timeZone,
    },
    options: { timeZone: [timeZoneOption(validTimeZone(organization.timeZone), text.locale)] },
    ...(step ? { intro: text.words('people.setup.step2') } : {}),
  });
}

function askAboutTeam({ me, text }: Call, team: TeamRow): Reply {
  const { name, managerId, memberIds, channelId, announceVisits, timeZone } = team;
  void prepareTimeZones();
  return ask({
    form: teamForm,
    id: newId(),
    about: { team: team.id },
    initial: {
      name,
      members: memberIds,
      announce: announceVisits,
      timeZone,
      language: localeOf(null, team.locale, undefined),
      ...(managerId === null ? {} : { manager: managerId }),
      ...(channelId === null || hasChannelElsewhere(team, me.workspaceId) ? {} : { channel: channelId }),
    },
    options: { timeZone: [timeZoneOption(validTimeZone(timeZone), text.locale)] },
  });
}
