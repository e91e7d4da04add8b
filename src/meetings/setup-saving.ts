import { labelled } from '../chat/card.ts';
import type { PlainAnswers } from '../chat/form.ts';
import type { Nudge } from '../chat/outbox.ts';
import { fix, missing, notice, type Refusal, type Reply, redraw, refuse, refuseForm, show } from '../chat/reply.ts';
import { ask, type Call, type FormHandler, handles, type Opener, type Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Team } from '../people/index.ts';
import { plain, type Words } from '../text/words.ts';
import { standardOf } from './question.ts';
import { factsOf, nameOf, questionsInWords } from './setup-facts.ts';
import {
  contentOf,
  type MeetingAnswers,
  meetingForm,
  nextKind,
  plainAnswers,
  plainOf,
  plainOfKind,
  typedQuestions,
  windowOptions,
} from './setup-forms.ts';
import { questionsOf, sameQuestions } from './setup-questions.ts';
import type { Seeing, SeeingNeeds, Seen } from './setup-seeing.ts';
import type { Changed, MeetingContent, SetMeeting } from './setup-store.ts';
import { partsOf } from './setup-words.ts';

type Needs = SeeingNeeds & { seeing: Seeing; nudge: Nudge; log: Log };

/** Making meetings and changing them by their form. */
export function createSaving({ store, people, seeing, nudge, log }: Needs) {
  /** Asks about a meeting that does not exist yet, in a team; with several teams that is a question too. */
  async function askForNew(call: Call, team: Team, initial: PlainAnswers, like: SetMeeting | null): Promise<Reply> {
    const teams = await seeing.changeableTeams(call);
    return ask({
      form: meetingForm,
      id: newId(),
      about: { team: team.id },
      initial: { ...initial, team: team.id },
      without: teams.length > 1 ? [] : ['team'],
      expanded: like !== null && initial.rule !== undefined,
      options: {
        team: teams.map(({ id, name }) => ({ value: id, label: name })),
        open: windowOptions(call.text, like?.meeting.windowMinutes ?? null),
      },
    });
  }

  async function openNew(call: Call, about: string | undefined): Promise<Reply> {
    const team = await seeing.changeableTeam(call, about);
    if ('refused' in team) return refuse(team, call);
    const has = await store.ofTeams(call.me.organizationId, [team.id]);
    return askForNew(call, team, plainOfKind(nextKind(has.map(({ meeting }) => meeting.kind))), null);
  }

  async function openCopy(call: Call, about: string | undefined): Promise<Reply> {
    const seen = await seeing.changeable(call, about);
    if ('refused' in seen) return refuse(seen, call);
    const { startsOn: _, ...initial } = plainOf(seen.set, call.me.workspaceId);
    return askForNew(call, seen.team, { ...initial, observers: stillIn(seen.set, seen.team) }, seen.set);
  }

  async function openEdit(call: Call, about: string | undefined): Promise<Reply> {
    const seen = await seeing.changeable(call, about);
    if ('refused' in seen) return refuse(seen, call);
    const initial = { ...plainOf(seen.set, call.me.workspaceId), observers: stillIn(seen.set, seen.team) };
    return askToChange(call, seen, { id: newId(), initial });
  }

  function askToChange(
    call: Call,
    { set, team }: Seen,
    { id, initial, facts }: { id: string; initial: PlainAnswers; facts?: Words },
  ): Reply {
    const { meeting } = set;
    const { text } = call;
    const questions = questionsInWords(set.questions, text);
    return ask({
      form: meetingForm,
      id,
      initial,
      about: { meeting: meeting.id, version: String(meeting.version) },
      without: ['team', 'kind', ...(meeting.kind === 'own' ? [] : ['name'])],
      expanded: facts !== undefined || initial.rule !== undefined,
      options: { open: windowOptions(text, meeting.windowMinutes) },
      intro:
        facts === undefined
          ? text.words('meetings.form.asks', { name: nameOf(meeting, text), team: team.name, questions })
          : set.changed === null
            ? text.words('meetings.form.changed', { facts })
            : text.words('meetings.form.changedBy', { ...changedBy(call, set.changed), facts }),
    });
  }

  async function submit(call: Call, answers: MeetingAnswers, shown: Shown): Promise<Reply> {
    return shown.about.meeting === undefined ? make(call, answers, shown) : change(call, answers, shown);
  }

  async function make(call: Call, answers: MeetingAnswers, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    const team = await seeing.changeableTeam(call, answers.team ?? shown.about.team);
    if ('refused' in team) return refuseForm(team, call);
    const strangers = await notIn(team, answers.observers, call);
    if (strangers !== null) return strangers;
    const { organizationId, workspaceId } = me;
    const meeting = {
      ...contentOf(answers, null, call.now.toZonedDateTimeISO(team.timeZone).toPlainDate()),
      organizationId,
      id: newId(),
      teamId: team.id,
      kind: answers.kind,
      requestKey: shown.id,
      channel: answers.channel === undefined ? null : { workspaceId, conversation: answers.channel },
      observerIds: answers.observers,
      questions: questionsOf(standardOf[answers.kind], typedQuestions(answers)),
    };
    if (await store.add([meeting], { personId: me.id, at: call.now })) {
      log.info({ organization: organizationId, meeting: meeting.id }, 'a meeting was set up');
      nudge();
    }
    const made = await store.madeBy(organizationId, shown.id);
    const seen = made === null ? null : await seeing.meeting(call, made);
    // Put away again before a repeated request arrived.
    if (seen === null) return refuseForm(missing, call);
    return show(await seeing.card(call, seen, text.words('meetings.made')));
  }

  async function change(call: Call, answers: MeetingAnswers, shown: Shown): Promise<Reply> {
    const { me, now, text } = call;
    const seen = await seeing.changeable(call, shown.about.meeting);
    if ('refused' in seen) return refused(call, seen, shown);
    const { set, team } = seen;
    const { meeting } = set;
    const kept = await observersElsewhere(call, set);
    const strangers = await notIn(team, answers.observers, call);
    if (strangers !== null) return strangers;
    const { workspaceId } = me;
    const channelElsewhere = meeting.channel?.workspaceId === workspaceId ? null : meeting.channel;
    const content: MeetingContent = {
      ...contentOf(answers, meeting, now.toZonedDateTimeISO(team.timeZone).toPlainDate()),
      channel: answers.channel === undefined ? channelElsewhere : { workspaceId, conversation: answers.channel },
      observerIds: [...new Set([...answers.observers, ...kept])],
    };
    const questions = questionsOf(set.questions, typedQuestions(answers));
    const asksTheSame = sameQuestions(questions, set.questions);
    if (!asksTheSame || !isSame(content, set)) {
      const version = Number(shown.about.version);
      const by = { personId: me.id, at: now };
      const to = { ...content, questions: asksTheSame ? null : questions };
      const changed = version === meeting.version && (await store.change({ ...meeting, version }, to, by));
      if (!changed) return somebodyWasFaster(call, answers, shown);
      log.info({ organization: me.organizationId, meeting: meeting.id }, 'a meeting was changed');
      nudge();
    }
    const after = await seeing.meeting(call, meeting.id);
    if (after === null) return refuseForm(missing, call);
    return redraw(await seeing.card(call, after, text.words('meetings.saved')));
  }

  /** Why a form that is open can't be saved; of a meeting that was put away meanwhile, who did that. */
  async function refused(call: Call, refusal: Refusal, shown: Shown): Promise<Reply> {
    const away = await seeing.putAway(call, shown.about.meeting);
    if (away === null) return refuseForm(refusal, call);
    return notice(call.text.plain('meetings.form.putAway', changedBy(call, away)));
  }

  /** The same form with all that was typed, who was faster, and what they made of the meeting. */
  async function somebodyWasFaster(call: Call, answers: MeetingAnswers, shown: Shown): Promise<Reply> {
    const seen = await seeing.changeable(call, shown.about.meeting);
    if ('refused' in seen) return refused(call, seen, shown);
    const { text, me, now } = call;
    const typed = plainAnswers(answers);
    const isNow: PlainAnswers = plainOf(seen.set, me.workspaceId);
    const differs = (field: string) => written(typed[field]) !== written(isNow[field]);
    const [of] = await seeing.gathering.previews(me.organizationId, [seen.set], [seen.team], { from: now, days: 1 });
    if (of === undefined) throw new Error('a meeting without its team');
    const others = factsOf(seen.set, of, text).filter(({ fields }) => fields.some(differs));
    const paused = seen.set.meeting.pausedAt === null ? [] : [text.words('meetings.line.paused')];
    const isSaid = [...others.map(({ label, value }): Words => [labelled(label), value]), ...paused];
    const facts = isSaid.length === 0 ? text.words('meetings.form.changedElsewhere') : partsOf(isSaid, text);
    return askToChange(call, seen, { id: shown.id, initial: typed, facts });
  }

  /** Observers whom the form could not show, because they are not in this workspace, stay. */
  async function observersElsewhere({ me, colleagues }: Call, { observerIds }: SetMeeting): Promise<string[]> {
    if (colleagues === 'people' || observerIds.length === 0) return [];
    const here = await people.directory.userIds(me.organizationId, me.workspaceId, observerIds);
    return observerIds.filter((id) => !here.has(id));
  }

  async function notIn(team: Team, ids: readonly string[], { me, text }: Call): Promise<Reply | null> {
    const strangers = ids.filter((id) => !team.memberIds.includes(id));
    if (strangers.length === 0) return null;
    const known = await people.people(me.organizationId, strangers);
    const names = plain(text.list(strangers.map((id) => known.get(id)?.name ?? '?')));
    return fix({ observers: text.plain('meetings.problem.observers', { names, count: strangers.length }) });
  }

  const openers: Opener[] = [
    { name: 'meetings.new', run: openNew },
    { name: 'meetings.edit', run: openEdit },
    { name: 'meetings.copy', run: openCopy },
  ];
  const forms: FormHandler[] = [handles({ form: meetingForm, submit })];
  return { openers, forms };
}

const changedBy = ({ me, text }: Call, { by, at }: Changed) => ({
  who: { person: by.id, name: by.name },
  moment: text.moment(at, me.timeZone),
});

/** Who has left the team since reads nothing of it. */
const stillIn = ({ observerIds }: SetMeeting, { memberIds }: Team) =>
  observerIds.filter((id) => memberIds.includes(id));

/** Answers are words, yes or no, or lists of words. */
const written = (answer: unknown): string => JSON.stringify(answer === false ? undefined : answer) ?? '';

/** Whether a meeting is already what somebody wants it to be: nothing changes then, however often they say so. */
function isSame(content: MeetingContent, { meeting, observerIds }: SetMeeting): boolean {
  const { name, rule, startsOn, startsAt, clock, windowMinutes, remindAfter, channel, namesSilent } = meeting;
  const is: MeetingContent = {
    name,
    rule,
    startsOn,
    startsAt,
    clock,
    windowMinutes,
    remindAfter,
    channel,
    namesSilent,
    observerIds,
  };
  return comparable(content) === comparable(is);
}

const comparable = ({ observerIds, channel, ...content }: MeetingContent): string =>
  JSON.stringify([
    Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)),
    [channel?.workspaceId, channel?.conversation],
    observerIds.toSorted(),
  ]);
