import { teams as demoTeams } from '../../src/sandbox/demo/company.ts';
import type { World } from '../world.ts';

/**
 * Makes the demo company, which was set up in Slack, one that has always been in Teams: nobody is known from Slack, and
 * its teams meet in channels of Teams. Their first words there match people by their e-mail addresses.
 */
export async function movedToTeams({ bot, teams }: World): Promise<void> {
  const { prisma } = bot.database;
  const { organizationId } = bot;
  for (const { key, members } of teams.tenant.teams.values()) {
    if (teams.tenant.team(key).installed) await teams.install(key, [...members][0]);
  }
  await prisma.identity.deleteMany({ where: { organizationId } });
  const workspace = await prisma.workspace.findFirstOrThrow({ where: { organizationId, platform: 'teams' } });
  for (const { name, channel } of demoTeams) {
    const place = { channelWorkspaceId: workspace.id, channelId: teams.tenant.place(channel).id };
    await prisma.team.updateMany({ where: { organizationId, name }, data: place });
  }
}
