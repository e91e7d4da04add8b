import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { PlatformUser, Profile } from '../../src/chat/gesture.ts';
import type { Database } from '../../src/database.ts';

/** An organisation with one workspace. */
export interface SeededOrganization {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
  isSetUp: boolean;
  workspaceId: string;
  /** The platform's names of the workspace. */
  platform: string;
  workspace: string;
}

export interface SeededPerson {
  id: string;
  organizationId: string;
  workspaceId: string;
  name: string;
  timeZone: string;
  administrator: boolean;
  observer: boolean;
  /** Who they are on the platform. */
  from: PlatformUser;
}

/** A platform id that no other test has. */
export const newPlatformId = (letter: string): string => letter + randomBytes(6).toString('hex').toUpperCase();

/** Builds what a test needs straight in the database; each thing has plain defaults. */
export function seed({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async organization(given: Partial<SeededOrganization> & { locale?: string } = {}): Promise<SeededOrganization> {
      const organization = {
        id: uuid(),
        name: 'Example Trading',
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
        isSetUp: true,
        workspaceId: uuid(),
        platform: 'slack',
        workspace: newPlatformId('T'),
        ...given,
      };
      const { id, name, timeZone, currency, isSetUp, workspaceId, platform, workspace } = organization;
      await prisma.organization.create({
        data: {
          id,
          name,
          timeZone,
          currency,
          locale: given.locale ?? 'en',
          setUpAt: isSetUp ? new Date() : null,
          workspaces: { create: { id: workspaceId, platform, externalId: workspace, name } },
        },
      });
      return { id, name, timeZone, currency, isSetUp, workspaceId, platform, workspace };
    },

    async person(
      organization: SeededOrganization,
      given: {
        name?: string;
        email?: string | null;
        timeZone?: string;
        locale?: string | null;
        chosenLocale?: string | null;
        administrator?: boolean;
        observer?: boolean;
        mayAdminister?: boolean;
        deactivatedAt?: Date | null;
        refreshedAt?: Date;
        user?: string;
      } = {},
    ): Promise<SeededPerson> {
      const { user = newPlatformId('U'), mayAdminister = false, ...person } = given;
      const row = await prisma.person.create({
        data: {
          id: uuid(),
          organizationId: organization.id,
          name: 'Anna Berg',
          timeZone: 'Europe/Berlin',
          ...person,
        },
      });
      await prisma.identity.create({
        data: {
          organizationId: organization.id,
          workspaceId: organization.workspaceId,
          personId: row.id,
          externalId: user,
          mayAdminister,
          leftAt: given.deactivatedAt ?? null,
        },
      });
      const { id, name, timeZone, administrator, observer } = row;
      const from = { platform: organization.platform, workspace: organization.workspace, user };
      return {
        id,
        organizationId: organization.id,
        workspaceId: organization.workspaceId,
        name,
        timeZone,
        administrator,
        observer,
        from,
      };
    },

    async team(
      organization: SeededOrganization,
      given: {
        name?: string;
        manager?: SeededPerson;
        members?: readonly SeededPerson[];
        channelId?: string;
        announceVisits?: boolean;
        locale?: string;
        timeZone?: string;
        archivedAt?: Date;
      } = {},
    ): Promise<{ id: string; name: string }> {
      const { manager, members = [], channelId, ...team } = given;
      const row = await prisma.team.create({
        data: {
          id: uuid(),
          organizationId: organization.id,
          name: 'North',
          locale: 'en',
          timeZone: organization.timeZone,
          managerId: manager?.id ?? null,
          ...(channelId === undefined ? {} : { channelId, channelWorkspaceId: organization.workspaceId }),
          ...team,
        },
      });
      await prisma.membership.createMany({
        data: members.map((member) => ({ organizationId: organization.id, teamId: row.id, personId: member.id })),
      });
      return { id: row.id, name: row.name };
    },
  };
}

/** A full member's profile, as a platform tells it. */
export const profileOf = (given: Partial<Profile> = {}): Profile => ({
  name: 'Anna Berg',
  email: null,
  timeZone: 'Europe/Berlin',
  locale: 'en-US',
  mayAdminister: false,
  outsider: false,
  deactivated: false,
  ...given,
});
