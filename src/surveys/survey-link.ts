import { Temporal } from 'temporal-polyfill';
import { parse, stringify } from 'uuid';

/** What a customer's link carries; signed, so that none of it can be changed. */
export interface SurveyLink {
  organizationId: string;
  surveyId: string;
  /** Only the last one that was given out is good. */
  linkVersion: number;
  /** In whole seconds. */
  expiresAt: Temporal.Instant;
}

/** What these links are signed for. */
export const surveyPurpose = 'survey';
/** The first word of their addresses. */
export const surveySite = 's';

/** What the links are signed for that lead who asked to the page as the customer will see it. */
export const previewPurpose = 'survey-preview';
export const previewSite = 'p';
/** As long as somebody may still come back to the card with the link, on the day that they send it. */
export const previewGoodFor = Temporal.Duration.from({ hours: 24 });

const idLength = 16;
const length = 2 * idLength + 8;
/** A date that `Temporal.Instant` can hold as seconds, whatever the bytes say. */
const latest = 253_402_300_799;

/** The link's content as bytes: short, because people send it by hand. */
export function packLink({ organizationId, surveyId, linkVersion, expiresAt }: SurveyLink): Uint8Array {
  const bytes = Buffer.alloc(length);
  bytes.set(parse(organizationId), 0);
  bytes.set(parse(surveyId), idLength);
  bytes.writeUIntBE(linkVersion, 2 * idLength, 3);
  bytes.writeUIntBE(Math.floor(expiresAt.epochMilliseconds / 1000), 2 * idLength + 3, 5);
  return bytes;
}

/** Null: it is no such content. */
export function unpackLink(content: Uint8Array): SurveyLink | null {
  if (content.length !== length) return null;
  const bytes = Buffer.from(content);
  const seconds = bytes.readUIntBE(2 * idLength + 3, 5);
  if (seconds > latest) return null;
  try {
    return {
      organizationId: stringify(bytes, 0),
      surveyId: stringify(bytes, idLength),
      linkVersion: bytes.readUIntBE(2 * idLength, 3),
      expiresAt: Temporal.Instant.fromEpochMilliseconds(seconds * 1000),
    };
  } catch {
    return null;
  }
}
