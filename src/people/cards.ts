import type { Button, Card, Part } from '../chat/card.ts';
import type { Locale } from '../text/locale.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { currencyOption } from './currency.ts';
import type { Named } from './find-name.ts';
import { timeZoneOption } from './find-time-zone.ts';
import type { Role } from './rights.ts';

const mostTeams = 15;
const mostNames = 8;

const nameOf = ({ id, name }: Named): Words => ({ person: id, name });
const buttons = (list: readonly Button[]): Part[] => (list.length === 0 ? [] : [{ kind: 'buttons', buttons: list }]);

/** What was set so far, and the last step: the accounts. */
export function setUpCard(
  text: Text,
  { locale, timeZone, currency, teams }: { locale: Locale; timeZone: string; currency: string; teams: number },
): Card {
  const set = (label: string, value: string) => ({ label, value });
  return {
    title: text.words('people.setup.step3'),
    body: [
      { kind: 'words', words: text.words('people.setup.accounts') },
      {
        kind: 'buttons',
        buttons: [
          { label: text.plain('people.setup.import'), opens: 'accounts.import', look: 'primary' },
          { label: text.plain('people.setup.addAccount'), opens: 'accounts.add' },
          { label: text.plain('people.setup.later'), does: 'people.setUpLater' },
        ],
      },
      { kind: 'divider' },
      {
        kind: 'facts',
        facts: [
          set(text.plain('people.settings.language'), text.plain(`people.locale.${locale}`)),
          set(text.plain('people.settings.timeZone'), timeZoneOption(timeZone, text.locale).label),
          set(text.plain('people.settings.currency'), currencyOption(currency, text.locale).label),
          set(text.plain('people.setup.teams'), text.plain('people.settings.teamCount', { count: teams })),
        ],
      },
      { kind: 'buttons', buttons: [settingsButton(text), ...overviewButtons(text)] },
    ],
  };
}

/** The set-up is over. */
export const readyCard = (text: Text): Card => ({
  title: text.words('people.setup.doneTitle'),
  body: [
    { kind: 'words', words: text.words('people.setup.done') },
    { kind: 'buttons', buttons: overviewButtons(text) },
  ],
});

/** The settings were changed. */
export const settingsCard = (text: Text): Card => ({
  body: [
    { kind: 'words', words: text.words('people.settings.saved') },
    { kind: 'buttons', buttons: [settingsButton(text), ...overviewButtons(text)] },
  ],
});

const settingsButton = (text: Text): Button => ({
  label: text.plain('people.setup.settings'),
  opens: 'people.settings',
});

const overviewButtons = (text: Text): Button[] => [
  { label: text.plain('people.setup.teams'), does: 'people.teams' },
  { label: text.plain('people.setup.people'), does: 'people.list' },
];

/** A team as its card shows it. */
export interface TeamSeen {
  id: string;
  name: string;
  manager: Named | null;
  members: readonly Named[];
  announces: boolean;
  mayChange: boolean;
}

/** Teams, with what may be done to each. `lead` is said first: what just happened, or why there is none. */
export function teamsCard(
  text: Text,
  { teams, mayAdd, lead }: { teams: readonly TeamSeen[]; mayAdd: boolean; lead?: Words },
): Card {
  const shown = teams.slice(0, mostTeams);
  const left = teams.length - shown.length;
  const list: Part[] =
    shown.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: shown.map((team) => ({
              words: [{ strong: team.name }],
              detail: teamDetail(text, team),
              ...(team.mayChange ? { buttons: teamButtons(text, team) } : {}),
            })),
            ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
          },
        ];
  const add: Button = { label: text.plain('people.team.new'), opens: 'people.newTeam' };
  return {
    title: text.words('people.team.title'),
    body: [
      ...(lead === undefined ? [] : [{ kind: 'words', words: lead } as const]),
      ...list,
      ...buttons(mayAdd ? [add] : []),
    ],
  };
}

function teamDetail(text: Text, { manager, members, announces }: TeamSeen): Words {
  const shown = members.slice(0, mostNames).map(nameOf);
  const left = members.length - shown.length;
  const names =
    left > 0 ? text.words('people.team.membersMore', { names: text.list(shown), count: left }) : text.list(shown);
  return [
    manager ? text.words('people.team.managedBy', { name: nameOf(manager) }) : text.words('people.team.noManager'),
    ' · ',
    text.words('people.team.members', { count: members.length, names }),
    ...(announces ? [' · ', text.words('people.team.announced')] : []),
  ];
}

function teamButtons(text: Text, { id, name }: TeamSeen): Button[] {
  return [
    {
      label: text.plain('people.team.edit'),
      spoken: text.plain('people.team.editSpoken', { name }),
      opens: 'people.team',
      about: id,
    },
    {
      label: text.plain('people.team.archive'),
      spoken: text.plain('people.team.archiveSpoken', { name }),
      does: 'people.archiveTeam',
      about: id,
      look: 'danger',
      confirm: {
        title: text.plain('people.team.archiveTitle'),
        words: text.plain('people.team.archiveWords', { name }),
        yes: text.plain('people.team.archiveYes'),
        no: text.plain('people.team.archiveNo'),
      },
    },
  ];
}

/** One page of people, and how the rest is reached. */
export interface PeoplePage {
  people: readonly (Named & { role: Role; teams: readonly string[] })[];
  me: string;
  mayChange: boolean;
  /** How many come after this page. */
  left: number;
  /** What leads to the next page, for the button. */
  next: string;
  /** What leads back to the first page of all, for the button. */
  first: string;
  isFirst: boolean;
  /** Words that were searched for. */
  query: string;
}

/** People with their roles. */
export function peopleCard(text: Text, page: PeoplePage): Card {
  const back: Button = { label: text.plain('people.list.back'), does: 'people.list', about: page.first };
  if (page.people.length === 0) {
    return {
      title: text.words('people.list.title'),
      body: [
        { kind: 'words', words: text.words('people.list.none', { name: page.query }) },
        { kind: 'buttons', buttons: [back] },
      ],
    };
  }
  const next: Button = { label: text.plain('people.list.next'), does: 'people.list', about: page.next };
  return {
    title: text.words('people.list.title'),
    body: [
      {
        kind: 'list',
        items: page.people.map((person) => ({
          words: [
            nameOf(person),
            ...(person.id === page.me ? [' ', { quiet: `(${text.plain('people.list.you')})` }] : []),
          ],
          detail: [text.plain(`people.role.${person.role}`), ...person.teams].join(' · '),
          ...(page.mayChange ? { buttons: [roleButton(text, person)] } : {}),
        })),
        ...(page.left > 0 ? { more: text.words('chat.more', { count: page.left }) } : {}),
      },
      ...buttons([...(page.left > 0 ? [next] : []), ...(page.isFirst ? [] : [back])]),
      { kind: 'note', words: text.words('people.list.hint') },
    ],
  };
}

const roleButton = (text: Text, { id, name }: Named): Button => ({
  label: text.plain('people.list.change'),
  spoken: text.plain('people.list.changeSpoken', { name }),
  opens: 'people.role',
  about: id,
});

/** Somebody has another role now. */
export const roleCard = (text: Text, person: Named, role: Role): Card => ({
  body: [
    {
      kind: 'words',
      words: text.words('people.role.saved', { name: nameOf(person), role: text.plain(`people.role.${role}`) }),
    },
    { kind: 'buttons', buttons: overviewButtons(text).slice(1) },
  ],
});

/** Somebody of another chat app has the person's own address: perhaps they are one. */
export const knownTwiceCard = (text: Text, other: Named): Card => ({
  body: [{ kind: 'words', words: text.words('people.link.knownTwice', { name: nameOf(other) }) }],
});

/** The languages to choose from. */
export const languageCard = (text: Text, lead: Words): Card => ({
  body: [
    { kind: 'words', words: lead },
    {
      kind: 'buttons',
      buttons: [
        { label: 'English', does: 'people.language', about: 'en' },
        { label: '中文', does: 'people.language', about: 'zh-CN' },
        { label: text.plain('people.language.auto'), does: 'people.language', about: 'auto' },
      ],
    },
  ],
});
