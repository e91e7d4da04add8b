import type { Card } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import { evaluationCard, moreCard } from './evaluation-cards.ts';
import type { Figures } from './figures.ts';
import type { Improvement } from './improvement.ts';
import { earlierParts } from './improvement-cards.ts';
import type { Remark } from './remark.ts';
import type { DigestTeam } from './team-row.ts';

/** An evaluation as it is posted. */
export interface PostedDigest {
  team: Pick<DigestTeam, 'name' | 'locale' | 'manager'>;
  figures: Figures;
  /** It stands in the manager's direct conversation, because there is no channel. */
  toManager: boolean;
}

/** A channel speaks the team's language; who reads alone reads their own. */
const textOf = ({ team, toManager }: PostedDigest) => textIn((toManager && team.manager?.locale) || team.locale);

/** The team's post, with everybody's remarks as they are now. */
export function postedCard(posted: PostedDigest, remarks: readonly Remark[]): Card {
  const { team, figures, toManager } = posted;
  const text = textOf(posted);
  const notice = toManager ? { notice: text.words('digest.posting.noChannel', { team: team.name }) } : {};
  const readers = toManager ? 'leader' : 'channel';
  return evaluationCard({ name: team.name, figures, readers, remarks, ...notice }, text);
}

/** What stands in its thread. */
export const threadCard = (posted: PostedDigest, earlier: readonly Improvement[]): Card => {
  const { team, figures } = posted;
  const text = textOf(posted);
  return moreCard({ name: team.name, figures }, earlierParts(earlier, text), text);
};
