import { Temporal } from 'temporal-polyfill';
import type { Text } from '../text/text.ts';
import { changedFields, contentOf, type Visit, type VisitContent } from './visit.ts';

/** A field of a visit's content as people call it. */
export const fieldLabel = (field: keyof VisitContent, text: Text): string => text.plain(`visits.field.${field}`);

/** What stands in a field, in words; null when nothing does. */
export function fieldValue(content: VisitContent, field: keyof VisitContent, text: Text): string | null {
  switch (field) {
    case 'account':
      return content.account.name;
    case 'kind':
      return text.plain(`visits.kind.${content.kind}`);
    case 'date':
      return text.day(Temporal.PlainDate.from(content.date));
    case 'outcome':
      return content.outcome && text.plain(`visits.outcome.${content.outcome}`);
    case 'colleagues':
    case 'contacts':
      return content[field].map((one) => one.name).join(', ') || null;
    case 'note':
    case 'purpose':
      return content[field];
  }
}

/** A version that was kept: what of it is different in the one that came after. */
export interface Kept {
  version: number;
  content: VisitContent & { undone: boolean };
  replacedAt: Temporal.Instant;
  who: { id: string; name: string };
  reason: string | null;
}

export interface OldVersion extends Omit<Kept, 'content'> {
  /** It was taken back or restored rather than corrected. */
  turned: 'undone' | 'restored' | null;
  changed: readonly { field: keyof VisitContent; content: VisitContent }[];
}

/** For each kept version what the next one, or the visit as it is, changed of it. The first version first. */
export function historyOf(visit: Visit, kept: readonly Kept[]): OldVersion[] {
  return kept.map(({ content, ...rest }, index) => {
    const next = kept[index + 1]?.content ?? { ...contentOf(visit), undone: visit.undoneAt !== null };
    const turned = content.undone === next.undone ? null : next.undone ? 'undone' : 'restored';
    return { ...rest, turned, changed: changedFields(content, next).map((field) => ({ field, content })) };
  });
}
