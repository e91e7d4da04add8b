import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { locales } from '../text/locale.ts';
import type { Span } from './report.ts';

/** What a download link carries: for whom, which report, in which form. */
export interface ReportLink {
  organizationId: string;
  personId: string;
  /** Null: the whole company. */
  teamId: string | null;
  period: Span;
  format: 'csv' | 'xlsx';
  locale: (typeof locales)[number];
  expiresAt: Temporal.Instant;
}

export const reportPurpose = 'report';
/** The first word of the addresses. */
export const reportSite = 'd';
/** Long enough to press a button; too short to be passed on. */
export const goodFor = Temporal.Duration.from({ minutes: 15 });

const day = z.iso.date().transform((written) => Temporal.PlainDate.from(written));
const content = z
  .tuple([
    z.uuid(),
    z.uuid(),
    z.uuid().nullable(),
    day,
    day,
    z.enum(['csv', 'xlsx']),
    z.enum(locales),
    z.int().positive().max(253_402_300_799),
  ])
  .transform(
    ([organizationId, personId, teamId, from, to, format, locale, seconds]): ReportLink => ({
      organizationId,
      personId,
      teamId,
      period: { from, to },
      format,
      locale,
      expiresAt: Temporal.Instant.fromEpochMilliseconds(seconds * 1000),
    }),
  );

export function packReportLink(link: ReportLink): Uint8Array {
  const { organizationId, personId, teamId, period, format, locale, expiresAt } = link;
  const seconds = Math.floor(expiresAt.epochMilliseconds / 1000);
  const values = [
    organizationId,
    personId,
    teamId,
    period.from.toString(),
    period.to.toString(),
    format,
    locale,
    seconds,
  ];
  return Buffer.from(JSON.stringify(values));
}

/** Null: it is no such content. */
export function unpackReportLink(bytes: Uint8Array): ReportLink | null {
  try {
    return content.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
