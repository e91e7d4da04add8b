import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  fix,
  missing,
  notAllowed,
  notFound,
  notice,
  type Reply,
  redraw,
  refuseForm,
  show,
  tell,
} from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { may, type People, reach, type Team, validTimeZone } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { inARow } from './evaluation-said.ts';
import type { Figures, TakesFigures } from './figures.ts';
import { type Improvement, mayChangeImprovement, mayReadImprovement, measuredAt, teamsToday } from './improvement.ts';
import { improvementsCard } from './improvement-cards.ts';
import { type ImprovementAnswers, improvementForm } from './improvement-forms.ts';
import { createImprovementPlan, type PlanNeeds } from './improvement-planning.ts';
import type { ImprovementSearch, ImprovementStore } from './improvement-store.ts';
import { periodBefore } from './period.ts';
import type { Proposal } from './proposal.ts';
import { type ProposalPointer, readProposalPointer } from './proposal-pointer.ts';

export interface ImprovingNeeds extends PlanNeeds {
  store: ImprovementStore;
  /** What was posted of a period; null: nothing. */
  posted(organizationId: string, of: ProposalPointer): Promise<Figures | null>;
  figures: Pick<TakesFigures, 'ofTeam'>;
  people: Pick<People, 'person' | 'people' | 'team' | 'teams'>;
  calendar: Pick<Calendar, 'workdaysOf'>;
  nudge: Nudge;
  log: Log;
}

/** For so long what was closed is listed. */
const remembered = { hours: 24 * 7 * 8 };

const ofTeam = (teamId: string) => ({ personIds: [], teamIds: [teamId] });

/** `/kam improvements`: what is decided on, by a proposal or by oneself, and what becomes of it. */
export function createImproving(
  needs: ImprovingNeeds,
): Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'>> {
  const { store, people, figures, nudge, log } = needs;
  const planning = createImprovementPlan(needs);

  /** Teams whose improvements somebody reads; with words those whose name has them. */
  async function search({ me }: Call, words: string): Promise<ImprovementSearch | null> {
    const sought = words.trim().toLowerCase();
    const ids = reach(me, 'digest.read') === 'all' ? 'all' : [...me.manages, ...me.memberOf];
    if (sought === '') return { teamIds: ids, personId: me.id };
    const teams = await people.teams(me.organizationId, ids);
    const found = teams.filter(({ name }) => name.toLowerCase().includes(sought)).map(({ id }) => id);
    return found.length === 0 ? null : { teamIds: found, personId: null };
  }

  async function listCard(call: Call, of: ImprovementSearch, said?: Words) {
    const { organizationId } = call.me;
    const [open, closed] = await Promise.all([
      store.open(organizationId, of),
      store.closed(organizationId, of, call.now.subtract(remembered)),
    ]);
    return improvementsCard({ open, closed, mayAdd: reach(call.me, 'improvement.change') !== 'none' }, call, said);
  }

  async function mine(call: Call, said?: Words) {
    const all = await search(call, '');
    if (all === null) throw new Error('without words every team is meant');
    return listCard(call, all, said);
  }

  async function list(call: Call, words: string): Promise<Reply> {
    const of = await search(call, words);
    return of === null
      ? tell(call.text.words('meetings.list.noMatch', { name: cut(words, 60) }))
      : show(await listCard(call, of));
  }

  /** The teams for which somebody may decide something, if only for themselves. */
  async function teamsOf({ me }: Call): Promise<readonly Team[]> {
    const far = reach(me, 'improvement.change');
    if (far === 'none') return [];
    return people.teams(me.organizationId, far === 'all' ? 'all' : [...new Set([...me.manages, ...me.memberOf])]);
  }

  async function openNew(call: Call): Promise<Reply> {
    const teams = await teamsOf(call);
    const [first] = teams;
    if (first === undefined) return notAllowed(call);
    return ask({
      form: improvementForm,
      id: newId(),
      about: { team: first.id },
      initial: { team: first.id, owner: call.me.id, due: call.today.add({ weeks: 1 }).toString() },
      without: ['plan', ...(teams.length === 1 ? ['team'] : [])],
      options: { team: teams.map(({ id, name }) => ({ value: id, label: name })) },
    });
  }

  /** What is proposed, as it was posted, or as it is proposed now; null: not, or not theirs to read. */
  async function proposed(
    call: Call,
    about: string | undefined,
  ): Promise<{ team: Team; proposal: Proposal | null } | null> {
    const pointer = readProposalPointer(about);
    const { me } = call;
    if (pointer === null || !may(me, 'digest.read', ofTeam(pointer.teamId))) return null;
    const team = await people.team(me.organizationId, pointer.teamId);
    if (team === null) return null;
    const { organizationId } = me;
    const { teamId, kind, from, rule } = pointer;
    const period = periodBefore({ kind, from, to: from }, 0);
    const seen =
      (await needs.posted(organizationId, pointer)) ??
      (await figures.ofTeam({ organizationId, teamId, period, asOf: call.now }));
    return { team, proposal: seen?.proposals.find((one) => one.rule === rule) ?? null };
  }

  async function openPlan(call: Call, about: string | undefined): Promise<Reply> {
    const { me, text } = call;
    const found = await proposed(call, about);
    if (found === null) return notFound(call);
    if (reach(me, 'improvement.change') === 'none') return notAllowed(call);
    const { team, proposal } = found;
    if (proposal === null) return tell(text.words('improvements.gone'));
    const { rule, count } = proposal;
    const open = await store.open(me.organizationId, { teamIds: [team.id], personId: null });
    const already = open.find((one) => one.rule === rule);
    const intro = text.words('improvements.form.intro', { team: { strong: team.name } });
    return ask({
      form: improvementForm,
      id: newId(),
      about: { proposal: about ?? '' },
      initial: {
        owner: me.id,
        due: call.today.add({ weeks: 1 }).toString(),
        plan: planning.isFor(proposal),
        text: text.plain(`improvements.rule.${rule}`, { count }),
      },
      without: ['team', ...(planning.isFor(proposal) ? [] : ['plan'])],
      intro:
        already === undefined
          ? intro
          : inARow(
              [intro, text.words('improvements.form.already', { text: already.text, name: already.owner.name })],
              text,
            ),
    });
  }

  async function submit(call: Call, answers: ImprovementAnswers, shown: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const again = await store.madeBy(organizationId, shown.id);
    if (again !== null && again.createdById === me.id)
      return show(await mine(call, text.words('improvements.made', { text: again.text })));
    const about = await aboutOf(call, answers, shown);
    if ('reply' in about) return about;
    const { team, proposal } = about;
    const isOver = answers.due !== undefined && Temporal.PlainDate.compare(answers.due, teamsToday(team, now)) < 0;
    if (isOver) return fix({ due: text.plain('improvements.problem.past') });
    const owner = await people.person(organizationId, answers.owner);
    if (!owner?.active || owner.observer) return fix({ owner: text.plain('improvements.problem.owner') });
    if (!may(me, 'improvement.change', { personIds: [owner.id], teamIds: [team.id] }))
      return fix({ owner: text.plain('improvements.problem.ownOnly') });
    const improvement = {
      organizationId,
      id: newId(),
      teamId: team.id,
      rule: proposal?.rule ?? null,
      text: answers.text,
      accountIds: proposal?.accountIds ?? [],
      ownerId: owner.id,
      createdById: me.id,
      dueOn: answers.due ?? null,
      figure: planning.figureOf(proposal),
      before: proposal?.before ?? null,
      createdAt: now,
      requestKey: shown.id,
    };
    const visits =
      proposal !== null && answers.plan ? await planning.visits(call, { team, proposal, owner }, shown.id) : null;
    const told = owner.id === me.id ? [] : [planning.toldRow(call, owner, improvement)];
    const none = { steps: [], tell: [], before: 0 };
    const written = await store.add(improvement, (planned) => {
      const { steps, tell: visitors, before } = visits?.(planned) ?? none;
      return { steps, tell: [...told, ...visitors], before };
    });
    log.info({ organization: organizationId, improvement: improvement.id }, 'an improvement was decided on');
    nudge();
    const made = text.words('improvements.made', { text: answers.text });
    const { steps, before } = written ?? none;
    const said = [
      made,
      ...(steps.length === 0 ? [] : [text.words('improvements.planned', { count: steps.length })]),
      ...(before === 0 ? [] : [text.words('improvements.plannedBefore', { count: before })]),
    ];
    return show(await mine(call, inARow(said, text)));
  }

  async function aboutOf(
    call: Call,
    answers: ImprovementAnswers,
    shown: Shown,
  ): Promise<{ team: Team; proposal: Proposal | null } | Reply> {
    const { text } = call;
    if (shown.about.proposal !== undefined) {
      const found = await proposed(call, shown.about.proposal);
      if (found === null) return refuseForm(missing, call);
      return found.proposal === null ? notice(text.plain('improvements.gone')) : found;
    }
    const id = answers.team ?? shown.about.team;
    const team = (await teamsOf(call)).find((one) => one.id === id);
    return team === undefined ? refuseForm(missing, call) : { team, proposal: null };
  }

  /** Null: no such improvement that they may see. */
  async function readable(call: Call, about: string | undefined): Promise<Improvement | null> {
    if (!isPointer(about)) return null;
    const found = await store.find(call.me.organizationId, about);
    return found !== null && mayReadImprovement(found, call.me) ? found : null;
  }

  const turning = (state: Improvement['state']) =>
    async function run(call: Call, about: string | undefined): Promise<Reply> {
      const { text, now, me } = call;
      const found = await readable(call, about);
      if (found === null) return notFound(call);
      if (!mayChangeImprovement(found, me)) return notAllowed(call);
      const { figure, team } = found;
      const measures = state === 'done' && figure !== null;
      const to = {
        state,
        closedAt: state === 'open' ? null : now,
        measureAt: measures ? measuredAt(now, validTimeZone(team.timeZone)) : null,
      };
      // Pressed twice it has been done once.
      const turned =
        found.state === state || ((found.state === 'open') !== (state === 'open') && (await store.turn(found, to)));
      if (!turned) return redraw(await mine(call, text.words('improvements.closed')));
      const what = { text: found.text };
      const said =
        state === 'open'
          ? text.words('improvements.reopened', what)
          : state === 'dropped'
            ? text.words('improvements.dropped', what)
            : measures
              ? text.words('improvements.doneMeasured', { ...what, figure: text.plain(`digest.figure.${figure}`) })
              : text.words('improvements.done', what);
      return redraw(await mine(call, said));
    };

  return {
    commands: [
      {
        words: ['improvements', '改进', 'improvement'],
        usage: 'improvements.usage',
        help: 'improvements.help',
        run: list,
      },
    ],
    actions: [
      { name: 'improvements.list', run: async (call) => show(await mine(call)) },
      { name: 'improvements.done', run: turning('done') },
      { name: 'improvements.drop', run: turning('dropped') },
      { name: 'improvements.reopen', run: turning('open') },
    ],
    openers: [
      { name: 'improvements.new', run: openNew },
      { name: 'improvements.plan', run: openPlan },
    ],
    forms: [handles({ form: improvementForm, submit })],
  };
}
