import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import { plainWeek } from '../calendar/index.ts';
import { pageStart } from '../chat/pages.ts';
import { notFound, type Reply, show, tell } from '../chat/reply.ts';
import type { Call, Command, Slice } from '../chat/slice.ts';
import { may, mayChangeTeam, type People, type Right, reach, type Team } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { evaluationCard, moreCard } from './evaluation-cards.ts';
import { type EvaluationPointer, evaluationPointer, readEvaluationPointer } from './evaluation-pointer.ts';
import { type AskedWords, readEvaluationWords } from './evaluation-words.ts';
import type { FigureName, Figures } from './figures.ts';
import type { Taking } from './figures-taking.ts';
import type { Improvement } from './improvement.ts';
import { earlierParts } from './improvement-cards.ts';
import { type Period, periodBefore, periodWith } from './period.ts';
import type { Remark } from './remark.ts';
import { behindCard, rowsCard, rowsPerPage } from './rows-cards.ts';
import type { RowsStore } from './rows-store.ts';

export interface EvaluationNeeds {
  figures: Taking;
  rows: RowsStore;
  people: Pick<People, 'teams' | 'team' | 'person' | 'findByName' | 'teamsOf'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
  /** What people said of their figures in a team's period. */
  remarks(organizationId: string, of: { teamId: string; period: Period }): Promise<readonly Remark[]>;
  /** What became of a team's earlier improvements. */
  earlier(organizationId: string, teamId: string, now: Temporal.Instant): Promise<readonly Improvement[]>;
  /** What is typed behind `digest settings`. */
  settings(call: Call, words: string): Promise<Reply>;
}

/** Whose evaluation, of which period. */
interface Asked {
  team: Team;
  /** Their own part alone. */
  person: { id: string; name: string } | null;
  period: Period;
}

/** Who may see the evaluation may see what it is made of, where they may see such things of the team. */
const rightBehind: Readonly<Record<FigureName, Right>> = {
  visits: 'visit.read',
  advances: 'visit.read',
  prompts: 'meeting.read',
  promises: 'meeting.read',
  coverageCore: 'account.read',
  coveragePotential: 'account.read',
  overdue: 'action.read',
  feedbackIn: 'feedback.read',
  feedbackAnswered: 'feedback.read',
  feedbackOpen: 'feedback.read',
  score: 'survey.read',
};

/** Whether somebody answered or kept a plan is seen by themselves and by who leads them. */
const personal: readonly FigureName[] = ['prompts', 'promises'];
/** What was not done for which customer is seen by the whole team, and by whom not, by who leads them. */
const blaming: readonly FigureName[] = ['coverageCore', 'coveragePotential', 'overdue'];

const mine = /^(?:me|my|mine|我|我的)$/iu;
const settingsWord = /^(?:settings?|设置)(?=\s|$)/iu;
/** So many teams are offered to choose from. */
const mostTeams = 20;

/** `/kam digest`, privately and at any time; and what is behind its figures. */
export function evaluationCommands(needs: EvaluationNeeds): Required<Pick<Slice, 'commands' | 'actions'>> {
  const { figures, rows, people, calendar } = needs;

  const reads = ({ me }: Call, teamId: string) => may(me, 'digest.read', { personIds: [], teamIds: [teamId] });
  const leads = ({ me }: Call, teamId: string) => mayChangeTeam(me, teamId);

  function teamsOf({ me }: Call): Promise<readonly Team[]> {
    const ids = reach(me, 'digest.read') === 'all' ? 'all' : [...new Set([...me.manages, ...me.memberOf])];
    return people.teams(me.organizationId, ids);
  }

  const workdaysOf = async (team: Team, { me: { organizationId } }: Call) =>
    (await calendar.workdaysOf([{ organizationId, teamId: team.id }])).get(team.id) ?? plainWeek;

  const todayIn = ({ now }: Call, { timeZone }: Team) => now.toZonedDateTimeISO(timeZone).toPlainDate();

  /** What a pointer leads to; null: nothing, or nothing that this person may see. */
  async function pointed(call: Call, { teamId, personId, kind, day }: EvaluationPointer): Promise<Asked | null> {
    const { organizationId, id: me } = call.me;
    if (!reads(call, teamId) || (personId !== null && personId !== me && !leads(call, teamId))) return null;
    const [team, person] = await Promise.all([
      people.team(organizationId, teamId),
      personId === null ? null : people.person(organizationId, personId),
    ]);
    if (team === null || (personId !== null && person === null)) return null;
    return { team, person, period: periodWith(kind, day, await workdaysOf(team, call)) };
  }

  /** Null: the period has not begun, or the person is not in the team (any more). */
  async function taken(call: Call, { team, person, period }: Asked): Promise<Figures | null> {
    const asked = { organizationId: call.me.organizationId, teamId: team.id, period, asOf: call.now };
    if (person === null) return figures.ofTeam(asked);
    return (await figures.ofPeople({ ...asked, personIds: [person.id] })).get(person.id) ?? null;
  }

  async function evaluation(call: Call, asked: Asked): Promise<Reply> {
    const { text } = call;
    const found = await taken(call, asked);
    if (found === null) return tell(text.words('evaluation.notBegun', { kind: asked.period.kind }));
    const { team, person, period } = asked;
    const all = await needs.remarks(call.me.organizationId, { teamId: team.id, period });
    const remarks = person === null ? all : all.filter((remark) => remark.person.id === person.id);
    const name = person?.name ?? team.name;
    // Of a person their manager sees what they see.
    const readers = person === null && leads(call, team.id) ? 'leader' : 'person';
    return show(evaluationCard({ name, figures: found, readers, remarks }, text));
  }

  async function asked(call: Call, team: Team, person: Asked['person'], words: AskedWords): Promise<Asked> {
    const day = words.day ?? todayIn(call, team);
    const period = periodWith(words.kind, day, await workdaysOf(team, call));
    return { team, person, period: periodBefore(period, words.back) };
  }

  /** `digest [team|me|name] [period]`. */
  async function run(call: Call, typed: string): Promise<Reply> {
    const { me, text } = call;
    const setting = settingsWord.exec(typed.trim());
    if (setting !== null) return needs.settings(call, typed.trim().slice(setting[0].length).trim());
    const words = readEvaluationWords(typed);
    if ('unreadable' in words) {
      return tell(text.words('evaluation.unreadable', { words: cut(words.unreadable, 60) }));
    }
    const teams = await teamsOf(call);
    const [first] = teams.filter(({ id }) => me.memberOf.includes(id));
    if (mine.test(words.rest)) {
      if (first === undefined || me.observer) return tell(text.words('evaluation.noTeam'));
      return evaluation(call, await asked(call, first, { id: me.id, name: me.name }, words));
    }
    if (teams.length === 0) return tell(text.words('evaluation.noTeam'));
    const those = teamsCalled(teams, words.rest);
    const [only] = those;
    if (only !== undefined && those.length === 1) return evaluation(call, await asked(call, only, null, words));
    if (those.length > 1) return which(call, await Promise.all(those.map((team) => asked(call, team, null, words))));
    const persons = await led(call, teams, words);
    const [person] = persons;
    if (person === undefined) return tell(text.words('evaluation.unknown', { words: cut(typed.trim(), 60) }));
    return persons.length === 1 ? evaluation(call, person) : which(call, persons);
  }

  /** People who are called so, of teams that this person leads, or they themselves. */
  async function led(call: Call, teams: readonly Team[], words: AskedWords): Promise<Asked[]> {
    const { organizationId, id: me } = call.me;
    const named = await people.findByName(organizationId, words.rest);
    const theirs = await people.teamsOf(
      organizationId,
      named.map(({ id }) => id),
    );
    const found = named.flatMap((person) => {
      const team = teams.find(({ id }) => theirs.get(person.id)?.includes(id) && (person.id === me || leads(call, id)));
      return team === undefined ? [] : [asked(call, team, person, words)];
    });
    return Promise.all(found);
  }

  function which({ text }: Call, choices: readonly Asked[]): Reply {
    const shown = choices.slice(0, mostTeams);
    const items = shown.map(({ team, person, period }) => {
      const name = person?.name ?? team.name;
      const at = { teamId: team.id, personId: person?.id ?? null, kind: period.kind, from: period.from.toString() };
      const label = text.plain('evaluation.open');
      const buttons = [{ label, spoken: `${label}: ${name}`, does: 'digest.show', about: evaluationPointer(at) }];
      return { words: { strong: name }, ...(person === null ? {} : { detail: team.name }), buttons };
    });
    const left = choices.length - shown.length;
    const more = left > 0 ? { more: text.words('chat.more', { count: left }) } : {};
    return show({ title: text.words('evaluation.which'), body: [{ kind: 'list', items, ...more }] });
  }

  /** What a button of an evaluation leads to. */
  const press =
    (then: (call: Call, found: Asked, at: EvaluationPointer) => Promise<Reply>) =>
    async (call: Call, about: string | undefined): Promise<Reply> => {
      const at = readEvaluationPointer(about);
      const found = at && (await pointed(call, at));
      return at && found ? then(call, found, at) : notFound(call);
    };

  async function more(call: Call, found: Asked): Promise<Reply> {
    const of = await taken(call, found);
    if (of === null) return notFound(call);
    const { team, person } = found;
    const earlier = person === null ? await needs.earlier(call.me.organizationId, team.id, call.now) : [];
    const further = earlierParts(earlier, call.text);
    return show(moreCard({ name: person?.name ?? team.name, figures: of }, further, call.text));
  }

  async function behind(call: Call, found: Asked): Promise<Reply> {
    const of = await taken(call, found);
    if (of === null) return notFound(call);
    return show(behindCard({ name: found.person?.name ?? found.team.name, figures: of }, call.text));
  }

  async function page(call: Call, found: Asked, { figure, skip, personId }: EvaluationPointer): Promise<Reply> {
    const { me, now } = call;
    const { team, period, person } = found;
    if (figure === null) return notFound(call);
    const record = { personIds: personId === null ? [] : [personId], teamIds: [team.id] };
    if (!may(me, rightBehind[figure], record)) return notFound(call);
    const of = { organizationId: me.organizationId, teamId: team.id, period, asOf: now, personId };
    const scoped = await figures.scopeOf(of);
    if (scoped === null) return notFound(call);
    const colleague = personId === null && !leads(call, team.id);
    const ownOnly = personal.includes(figure) && colleague;
    const pageFrom = (from: number) =>
      rows.page(figure, scoped.scope, { onlyOf: ownOnly ? me.id : null, limit: rowsPerPage, skip: from });
    const asked = await pageFrom(skip);
    const from = pageStart(skip, asked.total, rowsPerPage);
    const shown = {
      figure,
      skip: from,
      ownOnly,
      name: person?.name ?? team.name,
      namesOnly: colleague && blaming.includes(figure) ? me.id : null,
      of: { ...scoped.header, teamId: team.id, personId, kind: period.kind },
      page: from === skip ? asked : await pageFrom(from),
    };
    return show(rowsCard(shown, call.text));
  }

  const command: Command = { words: ['digest', '周报'], usage: 'digest.usage', help: 'digest.help', run };
  return {
    commands: [command],
    actions: [
      { name: 'digest.mine', run: (call) => run(call, 'me') },
      { name: 'digest.teams', run: (call) => run(call, '') },
      { name: 'digest.show', run: press(evaluation) },
      { name: 'digest.more', run: press(more) },
      { name: 'digest.behind', run: press(behind) },
      { name: 'digest.rows', run: press(page) },
    ],
  };
}

/** The teams whose name is what was typed, or else begins so, or else holds it; all of them for nothing. */
function teamsCalled(teams: readonly Team[], typed: string): readonly Team[] {
  const sought = typed.trim().toLowerCase();
  if (sought === '') return teams;
  const named = (test: (name: string) => boolean) => teams.filter(({ name }) => test(name.trim().toLowerCase()));
  const exact = named((name) => name === sought);
  if (exact.length > 0) return exact;
  const begins = named((name) => name.startsWith(sought));
  return begins.length > 0 ? begins : named((name) => name.includes(sought));
}
