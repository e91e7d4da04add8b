import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { packReportLink, unpackReportLink } from './report-link.ts';
import { packLink, unpackLink } from './survey-link.ts';

const ids = fc.uuid();
const moments = fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1000));
const day = fc
  .tuple(fc.integer({ min: 1970, max: 2200 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => new Temporal.PlainDate(year, month, date));

test('a customer’s link comes back as it was packed, and is short', () => {
  fc.assert(
    fc.property(ids, ids, fc.integer({ min: 1, max: 1_000_000 }), moments, (one, other, linkVersion, expiresAt) => {
      const link = { organizationId: one, surveyId: other, linkVersion, expiresAt };
      const packed = packLink(link);
      expect(packed).toHaveLength(40);
      expect({ ...unpackLink(packed), expiresAt: '' }).toEqual({ ...link, expiresAt: '' });
      expect(unpackLink(packed)?.expiresAt.equals(expiresAt)).toBe(true);
    }),
  );
});

test('a download’s link comes back as it was packed', () => {
  fc.assert(
    fc.property(ids, ids, fc.option(ids), day, day, moments, (one, other, teamId, from, to, expiresAt) => {
      fc.pre(expiresAt.epochMilliseconds > 0);
      const link = { organizationId: one, personId: other, teamId, period: { from, to }, expiresAt };
      const read = unpackReportLink(packReportLink({ ...link, format: 'csv', locale: 'zh-CN' }));
      expect(JSON.stringify(read)).toBe(
        JSON.stringify({
          organizationId: one,
          personId: other,
          teamId,
          period: { from, to },
          format: 'csv',
          locale: 'zh-CN',
          expiresAt,
        }),
      );
    }),
  );
});

test('other bytes are no link', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 39 }), (bytes) => {
      expect(unpackLink(bytes)).toBeNull();
      expect(unpackReportLink(bytes)).toBeNull();
    }),
  );
  expect(unpackLink(new Uint8Array(40).fill(255))).toBeNull();
});
