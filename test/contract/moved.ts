import { teams as demoTeams } from '../../src/sandbox/demo/company.ts';
import type { World } from '../world.ts';

/**
 * Makes the demo company, which was set up in Slack, one that has always been in Teams: there its people are known, and
 * there its teams meet. Nobody of them is known in Slack.
 */
export async function movedToTeams({ bot, teams }: World): Promise<void> {
  const { prisma } = bot.database;
  const { organizationId } = bot;
  for (const { key, members } of teams.tenant.teams.values()) {
    if (teams.tenant.team(key).installed) await teams.install(key, [...members][0]);
  }
  const workspace = await prisma.workspace.findFirstOrThrow({ where: { organizationId, platform: 'teams' } });
  for (const { id, externalId } of await prisma.identity.findMany({ where: { organizationId } })) {
    const there = { workspaceId: workspace.id, externalId: teams.tenant.person(externalId).aadObjectId };
    await prisma.identity.update({ where: { organizationId_id: { organizationId, id } }, data: there });
  }
  for (const { name, channel } of demoTeams) {
    const place = { channelWorkspaceId: workspace.id, channelId: teams.tenant.place(channel).id };
    await prisma.team.updateMany({ where: { organizationId, name }, data: place });
  }
}
