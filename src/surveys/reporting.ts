import { Temporal } from 'temporal-polyfill';
import { isPointer } from '../chat/pointer.ts';
import { notFound, type Reply, show, tell } from '../chat/reply.ts';
import type { Call, Me, Slice } from '../chat/slice.ts';
import { may, reach } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { readPeriod } from '../visits/index.ts';
import type { WithStores } from './needs.ts';
import { type Report, reportFrom, type Span, usualSpan } from './report.ts';
import { chooseTeamCard, type Downloads, reportCard } from './report-cards.ts';
import { goodFor, packReportLink, type ReportLink, reportPurpose, reportSite } from './report-link.ts';
import type { ReportStore } from './report-store.ts';
import type { Named } from './survey.ts';

/** What is read of customers' words; a period with more is looked at in parts. */
const mostRows = 2_000;

/** What rights are asked of: a person of an organisation. */
export type Reading = Pick<Me, 'organizationId' | 'id' | 'administrator' | 'observer' | 'manages' | 'memberOf'>;

/** Whether a person may read the report of a team; null: of the whole company. */
export const mayReport = (me: Reading, teamId: string | null): boolean =>
  teamId === null
    ? reach(me, 'survey.read') === 'all' && reach(me, 'feedback.read') === 'all'
    : (['survey.read', 'feedback.read'] as const).every((right) =>
        may(me, right, { personIds: [], teamIds: [teamId] }),
      );

/** The survey report: whose, of which period. */
export function createReporting(needs: WithStores & { reports: ReportStore }) {
  const { people, feedback, reports, links } = needs;

  async function gather(organizationId: string, team: Named | null, period: Span): Promise<Report> {
    const teamIds = team === null ? null : [team.id];
    const [rows, dimensions, said, remarks] = await Promise.all([
      reports.sums(organizationId, teamIds, period),
      feedback.dimensionsOf(organizationId, { archived: true }),
      feedback.saidIn(organizationId, teamIds, period, mostRows),
      reports.remarks(organizationId, teamIds, period, mostRows),
    ]);
    return reportFrom({ team, period, rows, dimensions, said, remarks });
  }

  async function downloads(call: Call, team: Named | null, period: Span): Promise<Downloads | null> {
    const signer = await links.signer();
    if (signer === null) return null;
    const link = (format: ReportLink['format']) => {
      const { organizationId, id: personId } = call.me;
      const what = { organizationId, personId, teamId: team?.id ?? null, period, format, locale: call.text.locale };
      const token = signer.sign(reportPurpose, packReportLink({ ...what, expiresAt: call.now.add(goodFor) }));
      return `${links.address()}/${reportSite}/${token}`;
    };
    return { csv: link('csv'), xlsx: link('xlsx') };
  }

  async function showReport(call: Call, team: Named | null, period: Span): Promise<Reply> {
    const [report, files] = await Promise.all([
      gather(call.me.organizationId, team, period),
      downloads(call, team, period),
    ]);
    return show(reportCard(report, call, files));
  }

  const aboutOf = (period: Span) => (team: Named | null) => `${team?.id ?? 'all'} ${period.from} ${period.to}`;

  /** `survey report [team] [period]`. */
  async function command(call: Call, words: string): Promise<Reply> {
    const { me, text, today } = call;
    const { rest, period = usualSpan(today) } = withPeriod(words, today);
    const own = reach(me, 'survey.read') === 'all' ? 'all' : [...new Set([...me.manages, ...me.memberOf])];
    const teams = (await people.teams(me.organizationId, own)).filter(({ id }) => mayReport(me, id));
    const sought = rest.trim().toLowerCase();
    const exact = teams.filter(({ name }) => name.toLowerCase() === sought);
    const found = exact.length > 0 ? exact : teams.filter(({ name }) => name.toLowerCase().includes(sought));
    const [only] = found;
    const seesAll = sought === '' && mayReport(me, null);
    if (only !== undefined && found.length === 1 && !seesAll) return showReport(call, only, period);
    if (found.length === 0 && !seesAll)
      return tell(
        text.words(sought === '' ? 'surveys.report.noTeam' : 'surveys.report.unknown', { name: cut(rest, 60) }),
      );
    return show(chooseTeamCard(found, text, aboutOf(period), seesAll));
  }

  async function pressed(call: Call, about: string | undefined): Promise<Reply> {
    const [id, from, to] = about?.split(' ') ?? [];
    const period = spanOf(from, to);
    if (period === null || (id !== 'all' && !isPointer(id))) return notFound(call);
    const teamId = id === 'all' ? null : id;
    if (!mayReport(call.me, teamId)) return notFound(call);
    if (teamId === null) return showReport(call, null, period);
    const [team] = await people.teams(call.me.organizationId, [teamId]);
    return team === undefined ? notFound(call) : showReport(call, team, period);
  }

  const slice: Required<Pick<Slice, 'actions'>> = { actions: [{ name: 'surveys.report', run: pressed }] };
  return { slice, command, gather };
}

export type Reporting = ReturnType<typeof createReporting>;

function withPeriod(words: string, today: Temporal.PlainDate): { rest: string; period?: Span } {
  const { rest, period } = readPeriod(words, today);
  return period === null ? { rest } : { rest, period };
}

function spanOf(from: string | undefined, to: string | undefined): Span | null {
  try {
    return from && to ? { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) } : null;
  } catch {
    return null;
  }
}
