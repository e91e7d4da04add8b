import { notFound, type Reply, show, tell } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { may, type People, roleOf } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { type Period, usualPeriod } from '../visits/index.ts';
import { type ReportOn, readReport, readReportWords, type WhichMeeting, writeReport } from './answer-report.ts';
import { reportCard } from './answer-report-card.ts';
import type { AnswerReportStore, Whose } from './answer-report-store.ts';

/** Answers on one page; each can be long. */
const pageSize = 5;
/** Choices offered when a name is not clear. */
const offered = 8;

/** Looking up what was answered: one's own always, others' by right. */
export function createReporting(needs: {
  reports: AnswerReportStore;
  people: Pick<People, 'findByName' | 'names' | 'teamsOf'>;
}) {
  const { reports, people } = needs;

  /** `/kam report [meeting] [period] [person]`. */
  async function report(call: Call, words: string): Promise<Reply> {
    const { me, today, text } = call;
    const meetings = await reports.named(me.organizationId);
    const { which, period, who } = readReportWords(words, today, meetings);
    const on = { which, period: period ?? usualPeriod(today), skip: 0 };
    if (typeof who === 'string') return page(call, { ...on, who });
    const found = await people.findByName(me.organizationId, who.named);
    const [only, another] = found;
    const said = cut(who.named, 60);
    if (only === undefined) return tell(text.words('prompts.report.unknown', { words: said }));
    if (another === undefined) return page(call, { ...on, who: { personId: only.id } });
    return several(call, said, found, on);
  }

  async function page(call: Call, on: ReportOn): Promise<Reply> {
    const { me } = call;
    const title = await titleOf(call, on.who);
    if (title === null) return notFound(call);
    const { which, period, skip } = on;
    const query = { whose: whoseOf(call, on.who), which, period, skip, limit: pageSize + 1 };
    const found = await reports.entries(me.organizationId, query);
    const next = found.length > pageSize ? writeReport({ ...on, skip: skip + pageSize }) : null;
    const meeting = await meetingOf(call, which);
    const entries = found.slice(0, pageSize);
    return show(reportCard({ title, meeting, period, entries, next, named: on.who === 'team' }, call));
  }

  /** Null: there is no such colleague, or their answers are not for this person. */
  async function titleOf({ me, text }: Call, who: ReportOn['who']): Promise<Words | null> {
    if (who === 'team') return text.words('prompts.report.team');
    if (who === 'me' || who.personId === me.id) return text.words('prompts.report.mine');
    const { organizationId } = me;
    const [names, teams] = await Promise.all([
      people.names(organizationId, [who.personId]),
      people.teamsOf(organizationId, [who.personId]),
    ]);
    const name = names.get(who.personId);
    const record = { personIds: [who.personId], teamIds: teams.get(who.personId) ?? [] };
    if (name === undefined || !may(me, 'meeting.read', record)) return null;
    return text.words('prompts.report.of', { name: { person: who.personId, name } });
  }

  async function meetingOf({ me, text }: Call, which: WhichMeeting): Promise<string | null> {
    if (which === null) return null;
    if ('kind' in which) return text.plain(`meetings.kind.${which.kind}`);
    return (await reports.named(me.organizationId)).find(({ id }) => id === which.meetingId)?.name ?? null;
  }

  /** Which of them? Each with a button that leads to their answers. */
  function several(
    { text }: Call,
    words: string,
    found: readonly { id: string; name: string }[],
    on: { which: WhichMeeting; period: Period; skip: number },
  ): Reply {
    const items = found.slice(0, offered).map(({ id, name }) => ({
      words: { person: id, name },
      buttons: [
        {
          label: text.plain('prompts.report.open'),
          spoken: text.plain('prompts.report.openOf', { name }),
          does: 'prompts.report',
          about: writeReport({ ...on, who: { personId: id } }),
        },
      ],
    }));
    const left = found.length - items.length;
    const more = left > 0 ? { more: text.words('chat.more', { count: left }) } : {};
    return show({ title: text.words('prompts.report.several', { words }), body: [{ kind: 'list', items, ...more }] });
  }

  return {
    report,
    more: (call: Call, about: string | undefined): Promise<Reply> => {
      const on = readReport(about);
      return on === null ? Promise.resolve(notFound(call)) : page(call, on);
    },
  };
}

/** "The team" is everybody in the teams that the person leads or is in; for an administrator in none of them, everybody. */
function whoseOf({ me }: Call, who: ReportOn['who']): Whose {
  if (who === 'me') return { personId: me.id };
  if (who !== 'team') return who;
  const teamIds = [...me.manages, ...me.memberOf];
  return teamIds.length === 0 && roleOf(me) === 'administrator' ? 'all' : { teamIds };
}
