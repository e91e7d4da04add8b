import { textIn } from '../text/text.ts';
import { sorry, type WebAnswer } from '../web/page.ts';
import type { WebRequest } from '../web/server.ts';
import type { WithStores } from './needs.ts';
import { csvFile, xlsxFile } from './report-file.ts';
import { type ReportLink, reportPurpose, unpackReportLink } from './report-link.ts';
import { mayReport, type Reading, type Reporting } from './reporting.ts';

/** The report as a file, for the person whom the link was made for, as far as they may see it now. */
export function downloadSite(
  needs: WithStores & { reporting: Reporting },
): (request: WebRequest) => Promise<WebAnswer> {
  const { links, people, clock, reporting } = needs;

  async function linkOf(path: string): Promise<ReportLink | null> {
    const signer = await links.signer();
    const content = signer?.read(reportPurpose, path) ?? null;
    const link = content === null ? null : unpackReportLink(content);
    return link !== null && link.expiresAt.epochMilliseconds > clock.now().epochMilliseconds ? link : null;
  }

  /** Who it was made for, with the teams of today. */
  async function readerOf({ organizationId, personId }: ReportLink): Promise<Reading | null> {
    const [person, teams] = await Promise.all([
      people.person(organizationId, personId),
      people.teams(organizationId, 'all'),
    ]);
    if (person === null || !person.active) return null;
    const { administrator, observer } = person;
    const manages = teams.filter(({ managerId }) => managerId === personId).map(({ id }) => id);
    const memberOf = teams.filter(({ memberIds }) => memberIds.includes(personId)).map(({ id }) => id);
    return { organizationId, id: personId, administrator, observer, manages, memberOf };
  }

  return async ({ method, path, languages }) => {
    const link = method === 'POST' ? null : await linkOf(path);
    const reader = link && (await readerOf(link));
    if (link === null || reader === null || !mayReport(reader, link.teamId)) return sorry('gone', languages);
    const [team] = link.teamId === null ? [null] : await people.teams(link.organizationId, [link.teamId]);
    if (team === undefined) return sorry('gone', languages);
    const report = await reporting.gather(link.organizationId, team, link.period);
    const text = textIn(link.locale);
    const file = link.format === 'csv' ? csvFile(report, text) : await xlsxFile(report, text);
    return {
      status: 200,
      headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"` },
      body: file.bytes,
    };
  };
}
