import type { Me } from '../chat/slice.ts';

/** What a person is to the organisation; a person has the widest of theirs. */
export const roles = ['accountManager', 'salesManager', 'administrator', 'observer'] as const;
export type Role = (typeof roles)[number];

/** How far a right reaches: records of one's own, of the teams one belongs to or manages, or all of the organisation. */
export type Reach = 'none' | 'own' | 'team' | 'all';

/**
 * What each role may see and do, on own, team's and all records. This table is the only place that knows; the README
 * prints it. "Team" is for a sales manager the teams that they manage, for everybody else the teams they belong to.
 */
export const rights = {
  'account.read': { accountManager: 'all', salesManager: 'all', administrator: 'all', observer: 'all' },
  'account.add': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'account.edit': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'account.import': { accountManager: 'none', salesManager: 'none', administrator: 'all', observer: 'none' },
  'visit.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'visit.log': { accountManager: 'own', salesManager: 'own', administrator: 'own', observer: 'none' },
  'visit.correct': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'action.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'action.change': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'feedback.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'feedback.add': { accountManager: 'own', salesManager: 'own', administrator: 'own', observer: 'none' },
  'feedback.change': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'survey.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'survey.add': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'survey.ask': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'listening.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'listening.change': { accountManager: 'none', salesManager: 'team', administrator: 'all', observer: 'none' },
  'digest.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'improvement.change': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'absence.change': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'meeting.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'decision.change': { accountManager: 'own', salesManager: 'team', administrator: 'all', observer: 'none' },
  'team.read': { accountManager: 'team', salesManager: 'team', administrator: 'all', observer: 'team' },
  'team.change': { accountManager: 'none', salesManager: 'team', administrator: 'all', observer: 'none' },
  'people.change': { accountManager: 'none', salesManager: 'none', administrator: 'all', observer: 'none' },
  'organization.change': { accountManager: 'none', salesManager: 'none', administrator: 'all', observer: 'none' },
} as const satisfies Record<string, Record<Role, Reach>>;

export type Right = keyof typeof rights;

/** To whom a record belongs: the people whose own it is, and the teams of those people or of the record itself. */
export interface Belongs {
  personIds: readonly string[];
  teamIds: readonly string[];
}

/** The role that decides: an observer only reads, whatever else they are. */
export function roleOf(me: Pick<Me, 'administrator' | 'observer' | 'manages'>): Role {
  if (me.observer) return 'observer';
  if (me.administrator) return 'administrator';
  return me.manages.length > 0 ? 'salesManager' : 'accountManager';
}

/** How far a person's right reaches. */
export const reach = (me: Pick<Me, 'administrator' | 'observer' | 'manages'>, right: Right): Reach =>
  rights[right][roleOf(me)];

/**
 * Whether a person may do this to a record of their organisation. Say nothing of a record that they may not see: answer
 * as if it did not exist.
 */
export function may(
  me: Pick<Me, 'id' | 'administrator' | 'observer' | 'manages' | 'memberOf'>,
  right: Right,
  record: Belongs,
): boolean {
  const role = roleOf(me);
  const far = rights[right][role];
  if (far === 'all') return true;
  if (far === 'none') return false;
  if (record.personIds.includes(me.id)) return true;
  if (far === 'own') return false;
  // A manager corrects and changes what is in their own teams, and reads along in the teams they merely belong to.
  const reads = right.endsWith('.read');
  const teams = role === 'salesManager' ? (reads ? [...me.manages, ...me.memberOf] : me.manages) : me.memberOf;
  return record.teamIds.some((team) => teams.includes(team));
}

/** Whether a person may see a team: who is in it, its meetings, its calendar. Who may change it may see it. */
export const mayReadTeam = (me: Parameters<typeof may>[0], teamId: string): boolean =>
  may(me, 'team.read', { personIds: [], teamIds: [teamId] });

export const mayChangeTeam = (me: Parameters<typeof may>[0], teamId: string): boolean =>
  may(me, 'team.change', { personIds: [], teamIds: [teamId] });

/** The ids of the teams that a person may see. */
export const readableTeams = (me: Parameters<typeof may>[0]): 'all' | string[] =>
  reach(me, 'team.read') === 'all' ? 'all' : [...new Set([...me.manages, ...me.memberOf])];
