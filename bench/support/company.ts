import { people as seeds, teams, workspace } from '../../src/sandbox/demo/company.ts';

/** The demo's company as the local Slack of the benchmarks knows it. */
export const { team } = workspace;
export const botToken = 'xoxb-bench';
export const signingSecret = 'bench-signing-secret';
export const botUser = 'U0KAMBOT';

/** User objects by id, as `users.info` gives them. */
export const people = new Map(
  seeds.map((person) => [
    person.id,
    {
      id: person.id,
      team_id: team.id,
      name: person.name,
      real_name: person.realName,
      tz: person.tz,
      locale: person.locale,
      is_admin: 'isAdmin' in person,
      profile: { real_name: person.realName, email: person.email },
    },
  ]),
);

/** Account managers whose visits are announced in their team's channel. */
export const announced: readonly string[] = teams.find((each) => each.announce)?.members ?? [];
