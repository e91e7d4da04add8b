import { type Answers, channel, type Form, lookUp, oneOf, people, person, text, yesNo } from '../chat/form.ts';

const languages = [
  { value: 'en', label: 'people.locale.en' },
  { value: 'zh-CN', label: 'people.locale.zh-CN' },
] as const;

/** How the organisation works: its language, zone and currency. */
export const settingsForm = {
  name: 'people.settings',
  title: 'people.settings.title',
  save: 'people.settings.save',
  fields: {
    language: oneOf({
      label: 'people.settings.language',
      hint: 'people.settings.languageHint',
      required: true,
      options: languages,
    }),
    timeZone: lookUp({
      label: 'people.settings.timeZone',
      placeholder: 'people.settings.timeZoneFind',
      required: true,
      source: 'timeZones',
    }),
    currency: lookUp({
      label: 'people.settings.currency',
      placeholder: 'people.settings.currencyFind',
      required: true,
      source: 'currencies',
    }),
  },
} as const satisfies Form;

/** A team: who leads it, who is in it, where it meets. */
export const teamForm = {
  name: 'people.team',
  title: 'people.team.newTitle',
  save: 'people.team.save',
  fields: {
    name: text({ label: 'people.team.name', placeholder: 'people.team.nameFind', required: true, max: 80 }),
    manager: person({ label: 'people.team.manager', hint: 'people.team.managerHint' }),
    members: people({ label: 'people.team.membersLabel', max: 100 }),
    channel: channel({ label: 'people.team.channel', hint: 'people.team.channelHint' }),
    announce: yesNo({ label: 'people.team.announce', tick: 'people.team.announceTick' }),
    language: oneOf({ label: 'people.team.language', detail: true, options: languages }),
    timeZone: lookUp({
      label: 'people.team.timeZone',
      placeholder: 'people.settings.timeZoneFind',
      detail: true,
      source: 'timeZones',
    }),
  },
} as const satisfies Form;

/** What somebody may do. Whoever leads a team is a sales manager by that alone. */
export const roleForm = {
  name: 'people.role',
  title: 'people.role.title',
  save: 'people.role.save',
  fields: {
    role: oneOf({
      label: 'people.role.label',
      hint: 'people.role.hint',
      required: true,
      look: 'radio',
      options: [
        { value: 'member', label: 'people.role.member' },
        { value: 'administrator', label: 'people.role.administers' },
        { value: 'observer', label: 'people.role.observes' },
      ],
    }),
  },
} as const satisfies Form;

export type SettingsAnswers = Answers<(typeof settingsForm)['fields']>;
export type TeamAnswers = Answers<(typeof teamForm)['fields']>;
