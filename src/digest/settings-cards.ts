import type { Button, Card, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import { timeText } from '../text/time-in-words.ts';
import type { Words } from '../text/words.ts';
import { zoneName } from '../text/zone-name.ts';
import type { Posting } from './posting-time.ts';
import type { DigestSettings } from './settings.ts';

/** A team's settings as somebody sees them. */
export interface SeenSettings {
  team: { id: string; name: string; timeZone: string; hasChannel: boolean };
  settings: DigestSettings;
  /** The next postings; none while it is paused. */
  upcoming: readonly Posting[];
  mayChange: boolean;
  /** Whether people are ranked, for those who may change that; null: they may not. */
  ranks: boolean | null;
}

const lead = (words: Words | undefined): Part[] => (words === undefined ? [] : [{ kind: 'words', words }]);

/** When, on the team's clock: "Friday at 16:30 (Berlin)". */
export const whenInWords = (
  { weekday, at }: Pick<DigestSettings, 'weekday' | 'at'>,
  timeZone: string,
  text: Text,
): Words =>
  text.words('digest.settings.when', {
    day: text.plain(`meetings.day.${String(weekday) as '1' | '2' | '3' | '4' | '5' | '6' | '7'}`),
    time: timeText(at),
    zone: zoneName(timeZone, text.locale),
  });

/** Where it is posted, in words. */
export const whereInWords = ({ channel }: Pick<DigestSettings, 'channel'>, hasChannel: boolean, text: Text): Words =>
  text.words(`meetings.channel.${channel !== null ? 'own' : hasChannel ? 'team' : 'none'}`);

/** Everything that is set for one team, and what comes of it. `said`: what just happened. */
export function settingsCard(seen: SeenSettings, text: Text, said?: Words): Card {
  const { team, settings, mayChange } = seen;
  const nowhere = settings.channel === null && !team.hasChannel;
  return {
    title: text.words('digest.settings.title', { team: team.name }),
    body: [
      ...lead(said),
      ...(settings.pausedAt === null
        ? []
        : [{ kind: 'warning', words: text.words('digest.settings.isPaused') } as const]),
      ...(nowhere ? [{ kind: 'warning', words: text.words('digest.settings.nowhere') } as const] : []),
      {
        kind: 'facts',
        facts: [
          { label: text.plain('digest.settings.fact.when'), value: whenInWords(settings, team.timeZone, text) },
          { label: text.plain('digest.settings.fact.where'), value: whereInWords(settings, team.hasChannel, text) },
          ...(seen.ranks === null
            ? []
            : [
                {
                  label: text.plain('digest.settings.fact.ranking'),
                  value: text.words(`digest.settings.ranking.${seen.ranks ? 'on' : 'off'}`),
                },
              ]),
        ],
      },
      ...(settings.pausedAt === null ? nextParts(seen, text) : []),
      { kind: 'note', words: text.words('digest.settings.ownPart') },
      ...(mayChange ? [{ kind: 'buttons', buttons: settingsButtons(seen, text) } as const] : []),
    ],
  };
}

function nextParts({ team, upcoming }: SeenSettings, text: Text): Part[] {
  if (upcoming.length === 0) return [{ kind: 'warning', words: text.words('digest.settings.never') }];
  return [
    { kind: 'heading', words: text.words('digest.settings.next') },
    {
      kind: 'list',
      items: upcoming.map(({ postAt, moved }) => ({
        words: text.moment(postAt, team.timeZone),
        ...(moved ? { detail: text.words('digest.settings.moved') } : {}),
      })),
    },
  ];
}

function settingsButtons({ team: { id: about }, settings, ranks }: SeenSettings, text: Text): Button[] {
  const ranking: Button[] =
    ranks === null
      ? []
      : ranks
        ? [{ label: text.plain('digest.settings.button.rankingOff'), does: 'digest.rankingOff', about }]
        : [
            {
              label: text.plain('digest.settings.button.rankingOn'),
              does: 'digest.rankingOn',
              about,
              confirm: {
                title: text.plain('digest.settings.confirm.title'),
                words: text.plain('digest.settings.confirm.words'),
                yes: text.plain('digest.settings.confirm.yes'),
                no: text.plain('digest.settings.confirm.no'),
              },
            },
          ];
  return [
    { label: text.plain('digest.settings.button.change'), opens: 'digest.change', about, look: 'primary' },
    settings.pausedAt === null
      ? { label: text.plain('digest.settings.button.pause'), does: 'digest.pause', about }
      : { label: text.plain('digest.settings.button.resume'), does: 'digest.resume', about },
    ...ranking,
  ];
}

/** As many as one message holds. */
const mostTeams = 20;

/** Several teams: which one? */
export function teamsCard(seen: readonly SeenSettings[], text: Text): Card {
  const left = seen.length - mostTeams;
  return {
    title: text.words('digest.settings.teams'),
    body: [
      {
        kind: 'list',
        items: seen.slice(0, mostTeams).map(({ team, settings }) => ({
          words: { strong: team.name },
          detail:
            settings.pausedAt === null
              ? [whenInWords(settings, team.timeZone, text), ' · ', whereInWords(settings, team.hasChannel, text)]
              : text.words('digest.settings.isPaused'),
          buttons: [
            {
              label: text.plain('digest.settings.button.open'),
              spoken: text.plain('digest.settings.button.openSpoken', { team: team.name }),
              does: 'digest.settings',
              about: team.id,
            },
          ],
        })),
        ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
      },
    ],
  };
}
