import { createHash } from 'node:crypto';
import { people as company, organization } from '../../../src/sandbox/demo/company.ts';

/** Somebody who uses Teams. */
export interface Person {
  /** How tests call them; people of the demo company have the id that they have in the local Slack. */
  readonly key: string;
  /** Their Teams id for this bot, `29:1…`. */
  readonly id: string;
  readonly aadObjectId: string;
  name: string;
  email: string;
  readonly userPrincipalName: string;
  readonly tenantId: string;
  readonly userRole: 'user' | 'guest';
  /** What their client says of itself with every activity. */
  locale: string;
  timeZone: string;
  readonly platform: 'Windows' | 'Web' | 'iOS' | 'Android';
}

/** A message as the service keeps it. */
export interface StoredMessage {
  id: string;
  /** Id of the first message of its thread, in channels; its own id when it is that message. */
  thread?: string;
  /** A person's key, or the bot. */
  from: string | 'bot';
  text: string;
  attachments: readonly Attachment[];
  /** Key of the only person who sees it. */
  onlyFor?: string;
  edited?: boolean;
}

export interface Attachment {
  contentType: string;
  content?: unknown;
  contentUrl?: string;
  name?: string;
}

/** Where people talk: a personal chat with the bot, a group chat, or a channel of a team. */
export interface Conversation {
  /** How tests call it; channels of the demo company have the id that they have in the local Slack. */
  readonly key: string;
  readonly id: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  /** The tenant that it belongs to. */
  readonly tenantId: string;
  name: string;
  readonly team?: Team;
  /** Keys of people; a channel has its team's. */
  readonly members: Set<string>;
  readonly messages: StoredMessage[];
  /** Whether the bot is installed there; a channel says what its team says. */
  installed: boolean;
  /** The person has blocked the bot. */
  blocked: boolean;
}

export interface Team {
  readonly key: string;
  /** The same as its General channel's. */
  readonly id: string;
  readonly aadGroupId: string;
  name: string;
  readonly members: Set<string>;
  readonly channels: Conversation[];
  installed: boolean;
}

/** One tenant of Teams, and a neighbour from another. It knows no HTTP and judges nothing. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly people: Map<string, Person>;
  readonly teams: Map<string, Team>;
  /** Every conversation, by key: a person's own chat with the bot has the person's key. */
  readonly conversations: Map<string, Conversation>;
  /** By key, Teams id or `aadObjectId`; throws when there is none. */
  person(who: string): Person;
  /** By key; throws when there is none. */
  place(key: string): Conversation;
  team(key: string): Team;
  addChannel(team: Team, key: string, name: string): Conversation;
}

/** The tenant that the person of `neighbour` comes from. */
export const foreignTenantId = '7e7a0000-0000-4000-8000-0000000000ff';
/** A person of another tenant, in the group chat and with a chat of her own with the bot. */
export const neighbour = 'U0NEIGHBOUR';
/** A group chat of Europe's account managers, the guest and the neighbour. */
export const groupChat = 'G0PROJECT';
/** A team that the bot is not installed in, and its only channel. */
export const otherTeam = { team: 'T0FACILITIES', channel: 'C0FACILITIES' } as const;

const hash = (kind: string, key: string) => createHash('sha512').update(`${kind}:${key}`).digest();
const uuidOf = (kind: string, key: string) => {
  const hex = hash(kind, key).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const threadOf = (key: string) => `19:${hash('thread', key).toString('hex').slice(0, 32)}`;

/** The demo company as a tenant of Teams: the same people and channels as in the local Slack. */
export function demoTenant(id: string): Tenant {
  const tenant: Tenant = {
    id,
    name: organization.name,
    people: new Map(),
    teams: new Map(),
    conversations: new Map(),
    person(who) {
      for (const person of tenant.people.values()) {
        if ([person.key, person.id, person.aadObjectId].includes(who)) return person;
      }
      throw new Error(`there is no person ${who} in Teams`);
    },
    place(key) {
      const found = tenant.conversations.get(key);
      if (!found) throw new Error(`there is no conversation ${key} in Teams`);
      return found;
    },
    team(key) {
      const found = tenant.teams.get(key);
      if (!found) throw new Error(`there is no team ${key} in Teams`);
      return found;
    },
    addChannel(team, key, name) {
      const isFirst = team.channels.length === 0;
      const channel: Conversation = {
        key,
        id: isFirst ? team.id : `${threadOf(key)}@thread.tacv2`,
        kind: 'channel',
        tenantId: id,
        name,
        team,
        members: team.members,
        messages: [],
        blocked: false,
        get installed() {
          return team.installed;
        },
        set installed(installed) {
          team.installed = installed;
        },
      };
      team.channels.push(channel);
      tenant.conversations.set(key, channel);
      return channel;
    },
  };

  for (const each of company) addPerson(tenant, each);
  const nora = { id: neighbour, name: 'nora', realName: 'Nora Novak', email: 'nora@neighbour.example' };
  addPerson(tenant, { ...nora, tz: 'Europe/Prague', locale: 'en-GB' }, foreignTenantId);

  const staff = company.filter((each) => each.id !== 'U0GUEST').map((each) => each.id);
  const everyone = addTeam(tenant, 'T0COMPANY', organization.name, [...staff, 'U0GUEST']);
  tenant.addChannel(everyone, 'C0GENERAL', 'General');
  const sales = addTeam(tenant, 'T0SALES', 'Key Accounts', staff);
  tenant.addChannel(sales, 'C0SALES', 'General');
  tenant.addChannel(sales, 'C0EUROPE', 'sales-europe');
  tenant.addChannel(sales, 'C0CHINA', 'sales-china');
  tenant.addChannel(sales, 'C0SUPPORT', 'customer-support');
  const facilities = addTeam(tenant, otherTeam.team, 'Facilities', ['U0DUPONT']);
  facilities.installed = false;
  tenant.addChannel(facilities, otherTeam.channel, 'General');

  const project = ['U0BECKER', 'U0CARTER', 'U0GUEST', neighbour];
  addChat(tenant, { key: groupChat, kind: 'groupChat', name: 'Project Alps', members: project });
  return tenant;
}

type Seed = Omit<(typeof company)[number], 'title' | 'isAdmin' | 'isOwner' | 'isGuest'> & { isGuest?: boolean };

function addPerson(tenant: Tenant, seed: Seed, tenantId = tenant.id): void {
  const guest = seed.isGuest === true;
  const person: Person = {
    key: seed.id,
    id: `29:1${hash('user', seed.id).toString('base64url')}`,
    aadObjectId: uuidOf('aad', seed.id),
    name: seed.realName,
    email: seed.email,
    userPrincipalName: guest ? `${seed.email.replace('@', '_')}#EXT#@kestrel.onmicrosoft.example` : seed.email,
    tenantId,
    userRole: guest ? 'guest' : 'user',
    locale: seed.locale,
    timeZone: seed.tz,
    platform: 'Windows',
  };
  tenant.people.set(person.key, person);
  addChat(tenant, { key: person.key, kind: 'personal', name: '', members: [person.key], tenantId });
}

function addTeam(tenant: Tenant, key: string, name: string, members: readonly string[]): Team {
  const team: Team = {
    key,
    id: `${threadOf(key)}@thread.tacv2`,
    aadGroupId: uuidOf('group', key),
    name,
    members: new Set(members),
    channels: [],
    installed: true,
  };
  tenant.teams.set(key, team);
  return team;
}

function addChat(
  tenant: Tenant,
  chat: Pick<Conversation, 'key' | 'name'> & {
    kind: 'personal' | 'groupChat';
    members: readonly string[];
    tenantId?: string;
  },
): void {
  const own = `a:1${hash('chat', chat.key).toString('base64url')}${hash('more', chat.key).toString('base64url', 0, 33)}`;
  tenant.conversations.set(chat.key, {
    tenantId: tenant.id,
    ...chat,
    id: chat.kind === 'personal' ? own : `${threadOf(chat.key)}@thread.v2`,
    members: new Set(chat.members),
    messages: [],
    installed: true,
    blocked: false,
  });
}

/** What the connector says of somebody (TeamsChannelAccount as it comes, with `objectId`). */
export function rosterEntry(person: Person): Record<string, unknown> {
  const [givenName = '', ...rest] = person.name.split(' ');
  return {
    id: person.id,
    objectId: person.aadObjectId,
    name: person.name,
    givenName,
    surname: rest.join(' '),
    email: person.email,
    userPrincipalName: person.userPrincipalName,
    tenantId: person.tenantId,
    userRole: person.userRole,
  };
}

/** A person as the sender of an activity. */
export const accountOf = (person: Person): { id: string; name: string; aadObjectId: string } => ({
  id: person.id,
  name: person.name,
  aadObjectId: person.aadObjectId,
});
