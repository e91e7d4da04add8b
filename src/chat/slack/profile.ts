import { z } from 'zod';
import type { Profile } from '../gesture.ts';
import { type Call, faultOf } from './calls.ts';
import { type SlackUser, slackUser } from './payloads.ts';

const answer = z.object({ user: slackUser });

/** Reads a user's profile; null when the workspace has no such user. Throws when Slack is slow or gone. */
export async function readProfile(call: Call, teamId: string, userId: string): Promise<Profile | null> {
  try {
    const { user } = answer.parse(await call('users.info', { user: userId, include_locale: true }));
    return profileOf(user, teamId);
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    const fault = faultOf(error);
    if (fault.fault === 'refused' && ['user_not_found', 'user_not_visible'].includes(fault.code)) return null;
    throw error;
  }
}

/** A Slack user as the bot sees them. */
export function profileOf(user: SlackUser, teamId: string): Profile {
  const { profile } = user;
  const names = [profile.real_name, user.real_name, profile.display_name, user.name];
  // In an Enterprise organisation a user belongs to several workspaces.
  const elsewhere = typeof user.team_id === 'string' && user.team_id !== teamId;
  const foreign = elsewhere && !(user.enterprise_user?.teams ?? []).includes(teamId);
  return {
    name: names.find((name) => name !== undefined && name !== null && name.trim() !== '') ?? user.id,
    email: profile.email ?? null,
    timeZone: knownZone(user.tz),
    locale: user.locale ?? null,
    mayAdminister: user.is_admin || user.is_owner || user.is_primary_owner,
    outsider:
      foreign ||
      user.is_stranger ||
      user.is_restricted ||
      user.is_ultra_restricted ||
      user.is_bot ||
      user.id === 'USLACKBOT',
    deactivated: user.deleted,
  };
}

function knownZone(zone: string | null | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
