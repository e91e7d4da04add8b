import { writeCsv } from 'hucre/csv';
import { writeXlsx } from 'hucre/xlsx';
import type { Text } from '../text/text.ts';
import type { Report } from './report.ts';
import { reportTable, reportTables } from './report-tables.ts';

/** A file as it is handed out. */
export interface ReportFile {
  /** In letters that every header takes. */
  name: string;
  type: string;
  bytes: Uint8Array;
}

const nameOf = ({ period }: Report, ending: string) => `survey-report-${period.from}-${period.to}.${ending}`;

/** The report as CSV in UTF-8, with the mark by which Excel knows it. */
export function csvFile(report: Report, text: Text): ReportFile {
  const rows = reportTable(report, text).rows.map((row) => [...row]);
  const written = writeCsv(rows, { bom: true, lineSeparator: '\r\n' });
  return { name: nameOf(report, 'csv'), type: 'text/csv; charset=utf-8', bytes: Buffer.from(written, 'utf8') };
}

/** Widths of columns, in signs: words get room. */
const narrow = 14;
const wide = 60;
const isWide = (rows: readonly (readonly unknown[])[], column: number) =>
  rows.some((row) => typeof row[column] === 'string' && String(row[column]).length > 30);

/** The report as a workbook with a sheet for each part. */
export async function xlsxFile(report: Report, text: Text): Promise<ReportFile> {
  const sheets = reportTables(report, text).map(({ name, rows }) => ({
    name,
    rows: rows.map((row) => [...row]),
    columns: (rows[0] ?? []).map((_, column) => ({ width: isWide(rows, column) ? wide : narrow })),
    freezePane: { rows: 1 },
  }));
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { name: nameOf(report, 'xlsx'), type, bytes: await writeXlsx({ sheets }) };
}
