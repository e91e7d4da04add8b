import { announced, team } from './company.ts';

/** `/kam log` as Slack sends it, typed by the account managers in turn. */
export function logCommand(index: number): Record<string, string> {
  return {
    token: 'unused',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: announced[index % announced.length] ?? '',
    user_name: 'somebody',
    command: '/kam',
    text: 'log',
    api_app_id: 'A0KAM',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1/none',
    trigger_id: `${index}.${process.hrtime.bigint()}.bench`,
  };
}
