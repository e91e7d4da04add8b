import type { Temporal } from 'temporal-polyfill';
import { type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Dimension } from '../feedback/index.ts';
import type { Person } from '../people/index.ts';
import { textIn } from '../text/text.ts';
import { answeredCard } from './cards.ts';
import { refusedCard } from './link-cards.ts';
import type { PageOf, Survey } from './survey.ts';

/** Who hears what a customer does: who asked and who looks after the account, privately; nobody else. */
export const hearers = (survey: Pick<Survey, 'author'>, accountOwnerId: string | null): readonly string[] => [
  ...new Set([survey.author.id, ...(accountOwnerId === null ? [] : [accountOwnerId])]),
];

/**
 * Tells them of an answer. A changed one is drawn where the first stands, and said anew once a day: a customer who
 * changes their mind ten times must not make ten messages.
 */
export function toldOfAnswer(
  page: PageOf,
  given: { hearing: readonly Person[]; dimensions: readonly Dimension[]; changed: boolean; now: Temporal.Instant },
): OutboxRow[] {
  const { survey } = page;
  const { hearing, dimensions, changed, now } = given;
  const { organizationId, id, version } = survey;
  return hearing.flatMap((one) => {
    const today = now.toZonedDateTimeISO(one.timeZone).toPlainDate();
    const reader = { text: textIn(one.locale), today, timeZone: one.timeZone };
    const card = answeredCard(survey, reader, { dimensions, changed });
    const as = { thing: 'survey', id, card: `answered:${one.id}` };
    const to = { personId: one.id };
    const day = changed ? `:${today}` : '';
    const said = outboxRow(
      { organizationId, key: `survey-answered:${id}:${one.id}${day}`, to, content: { do: 'post', card, as } },
      now,
    );
    const drawn = outboxRow(
      {
        organizationId,
        key: `survey-redrawn:${id}:${one.id}:${version}`,
        to: { whereItStands: true },
        content: { do: 'redraw', card, of: as },
      },
      now,
    );
    return changed ? [said, drawn] : [said];
  });
}

/** Tells them that the customer does not want to be asked again. */
export function toldOfRefusal({ survey }: PageOf, hearing: readonly Person[], now: Temporal.Instant): OutboxRow[] {
  const { organizationId, id } = survey;
  return hearing.map((one) => {
    const card = refusedCard(survey, textIn(one.locale));
    const key = `survey-refused:${id}:${one.id}`;
    return outboxRow({ organizationId, key, to: { personId: one.id }, content: { do: 'post', card } }, now);
  });
}
