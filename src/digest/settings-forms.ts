import type { Temporal } from 'temporal-polyfill';
import { type Answers, channel, type Form, oneOf, type PlainAnswers, type Problems, text } from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { readTime, timeText } from '../text/time-in-words.ts';
import type { DigestSettings } from './settings.ts';
import type { DigestContent } from './settings-store.ts';

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

const fields = {
  weekday: oneOf({
    label: 'digest.settings.weekday',
    hint: 'digest.settings.weekdayHint',
    required: true,
    options: weekdays.map((value) => ({ value, label: `meetings.day.${value}` as const })),
  }),
  at: text({ label: 'meetings.form.at', placeholder: 'digest.settings.atExample', required: true, max: 20 }),
  channel: channel({ label: 'digest.settings.channel', hint: 'meetings.form.channelHint' }),
};

/** When and where a team's evaluation is posted. */
export const settingsForm = {
  name: 'digest.settings',
  title: 'digest.settings.form.title',
  save: 'meetings.form.save',
  fields,
  check: checkSettings,
} satisfies Form;

export type SettingsAnswers = Answers<typeof fields>;

function checkSettings({ at }: SettingsAnswers, { text: said }: { today: Temporal.PlainDate; text: Text }): Problems {
  return readTime(at) === null ? { at: said.plain('meetings.problem.time') } : {};
}

/** What the form starts with. A channel of another workspace cannot be shown, and stays. */
export function plainSettings({ weekday, at, channel: of }: DigestContent, workspaceId: string): PlainAnswers {
  const here = of?.workspaceId === workspaceId ? { channel: of.conversation } : {};
  return { weekday: String(weekday), at: timeText(at), ...here };
}

/** What the answers say; the form was checked. */
export function contentOf(answers: SettingsAnswers, before: DigestSettings, workspaceId: string): DigestContent {
  const at = readTime(answers.at);
  if (at === null) throw new Error('a time that was not checked');
  const elsewhere = before.channel?.workspaceId === workspaceId ? null : before.channel;
  return {
    weekday: Number(answers.weekday),
    at,
    pausedAt: before.pausedAt,
    channel: answers.channel === undefined ? elsewhere : { workspaceId, conversation: answers.channel },
  };
}

/** Whether it would be posted at the same times in the same place. */
export const isSame = (a: DigestContent, b: DigestContent): boolean =>
  a.weekday === b.weekday &&
  a.at.equals(b.at) &&
  a.channel?.workspaceId === b.channel?.workspaceId &&
  a.channel?.conversation === b.channel?.conversation;
