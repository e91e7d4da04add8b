import { type Answers, type Form, file, oneOf, people, person, text, yesNo } from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { accountClasses, contactAttitudes, contactRoles } from './account.ts';
import { longestContactName } from './contact.ts';
import { longestName, nameKey, splitNames, tidyName } from './name.ts';
import { zoneMeant } from './time-zones.ts';

/** Longest code, city and zone, in UTF-16 units; most other names and colleagues. */
export const limits = { code: 40, city: 80, timeZone: 60, otherNames: 20, members: 20 };

const accountFields = {
  name: text({ label: 'accounts.field.name', required: true, max: longestName }),
  class: oneOf({
    label: 'accounts.field.class',
    hint: 'accounts.field.classHint',
    options: accountClasses.map((value) => ({ value, label: `accounts.class.${value}` as const })),
  }),
  owner: person({ label: 'accounts.field.owner' }),
  city: text({ label: 'accounts.field.city', max: limits.city }),
  members: people({
    label: 'accounts.field.members',
    hint: 'accounts.field.membersHint',
    max: limits.members,
    detail: true,
  }),
  otherNames: text({
    label: 'accounts.field.otherNames',
    hint: 'accounts.field.otherNamesHint',
    max: 1000,
    detail: true,
  }),
  code: text({ label: 'accounts.field.code', hint: 'accounts.field.codeHint', max: limits.code, detail: true }),
  timeZone: text({
    label: 'accounts.field.timeZone',
    hint: 'accounts.field.timeZoneHint',
    max: limits.timeZone,
    detail: true,
  }),
};

/** What was answered about an account. */
export type AccountAnswers = Answers<typeof accountFields>;

function checkAccount({ name, otherNames, timeZone }: AccountAnswers, { text: words }: { text: Text }) {
  const problems: Record<string, string> = {};
  if (nameKey(tidyName(name)) === '') problems.name = words.plain('accounts.problem.noName');
  const others = splitNames(otherNames ?? '');
  const [max] = [longestName];
  if (others.some((other) => other.length > max))
    problems.otherNames = words.plain('accounts.problem.otherNameTooLong', { max });
  if (others.length > limits.otherNames)
    problems.otherNames = words.plain('accounts.problem.tooManyOtherNames', { max: limits.otherNames });
  if (timeZone !== undefined && zoneMeant(timeZone) === null)
    problems.timeZone = words.plain('accounts.problem.timeZone');
  return problems;
}

const accountForm = { save: 'accounts.form.save', fields: accountFields, check: checkAccount } as const;

/** A customer that is new. */
export const addForm: Form<typeof accountFields> = {
  ...accountForm,
  name: 'accounts.add',
  title: 'accounts.add.title',
};

/** A customer that is known; about `account`. */
export const editForm: Form<typeof accountFields> = {
  ...accountForm,
  name: 'accounts.edit',
  title: 'accounts.edit.title',
};

const contactFields = {
  name: text({ label: 'accounts.field.name', required: true, max: longestContactName }),
  title: text({ label: 'accounts.field.title', max: longestContactName }),
  role: oneOf({
    label: 'accounts.field.role',
    options: contactRoles.map((value) => ({ value, label: `accounts.role.${value}` as const })),
  }),
  attitude: oneOf({
    label: 'accounts.field.attitude',
    options: contactAttitudes.map((value) => ({ value, label: `accounts.attitude.${value}` as const })),
  }),
  gone: yesNo({ label: 'accounts.field.archiveContact', tick: 'accounts.field.archiveContactTick' }),
};

/** What was answered about a contact. */
export type ContactAnswers = Answers<typeof contactFields>;

const contactForm = {
  save: 'accounts.form.save',
  fields: contactFields,
  check: ({ name }: ContactAnswers, { text: words }: { text: Text }): Record<string, string> =>
    tidyName(name) === '' ? { name: words.plain('accounts.problem.noName') } : {},
} as const;

/** A contact that is new; about `account`. */
export const addContactForm: Form<typeof contactFields> = {
  ...contactForm,
  name: 'accounts.addContact',
  title: 'accounts.contact.addTitle',
};

/** A contact that is known; about `contact`. */
export const editContactForm: Form<typeof contactFields> = {
  ...contactForm,
  name: 'accounts.editContact',
  title: 'accounts.contact.editTitle',
};

const importFields = {
  file: file({
    label: 'accounts.field.file',
    hint: 'accounts.field.fileHint',
    required: true,
    endings: ['csv', 'txt', 'tsv'],
  }),
  dryRun: yesNo({ label: 'accounts.field.dryRun', tick: 'accounts.field.dryRunTick' }),
  skipBad: yesNo({ label: 'accounts.field.skipBad', tick: 'accounts.field.skipBadTick' }),
};

/** A list of customers in a file. */
export const importForm: Form<typeof importFields> = {
  name: 'accounts.import',
  title: 'accounts.import.title',
  save: 'accounts.import.save',
  fields: importFields,
};
