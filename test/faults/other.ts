import { v7 as uuid } from 'uuid';
import { nameKey } from '../../src/accounts/name.ts';
import { searchTermsOf } from '../../src/accounts/search-terms.ts';
import type { Database } from '../../src/database.ts';

/** In every name and text of the other organisation: whatever shows it has told too much. */
export const secret = 'Zyxwv';

/** Another organisation in the same database. */
export interface OtherOrganization {
  id: string;
  ids: Record<
    'account' | 'contact' | 'visit' | 'action' | 'person' | 'team' | 'draft' | 'survey' | 'listening' | 'workspace',
    string
  >;
  /** Everything that it has, as text. */
  everything(): Promise<string>;
}

/** Makes one that has one thing of each kind. */
export async function otherOrganization({ prisma, pool }: Database): Promise<OtherOrganization> {
  const organizationId = uuid();
  const account = uuid();
  const contact = uuid();
  const visit = uuid();
  const action = uuid();
  const person = uuid();
  const team = uuid();
  const draft = uuid();
  const survey = uuid();
  const listening = uuid();
  const workspace = uuid();
  const at = new Date();
  const { text, grams } = searchTermsOf(organizationId, { name: `${secret} AG`, otherNames: [], code: secret });
  await prisma.organization.create({ data: { id: organizationId, name: secret, setUpAt: at } });
  await prisma.workspace.create({
    data: { organizationId, id: workspace, platform: 'slack', externalId: 'T0OTHER', name: secret },
  });
  await prisma.person.create({ data: { organizationId, id: person, name: secret, timeZone: 'UTC' } });
  await prisma.identity.create({
    data: { organizationId, personId: person, workspaceId: workspace, externalId: 'U0OTHER' },
  });
  await prisma.team.create({
    data: { organizationId, id: team, name: secret, timeZone: 'UTC', locale: 'en', managerId: person },
  });
  await prisma.account.create({
    data: {
      organizationId,
      id: account,
      name: `${secret} AG`,
      nameKey: nameKey(`${secret} AG`),
      code: secret,
      searchText: text,
      searchGrams: grams,
      ownerId: person,
    },
  });
  await prisma.contact.create({ data: { organizationId, id: contact, accountId: account, name: secret } });
  await prisma.visit.create({
    data: {
      organizationId,
      id: visit,
      accountId: account,
      authorId: person,
      date: at,
      note: secret,
      loggedAt: at,
      requestKey: uuid(),
    },
  });
  await prisma.action.create({
    data: {
      organizationId,
      id: action,
      accountId: account,
      visitId: visit,
      text: secret,
      ownerId: person,
      createdById: person,
      createdAt: at,
      requestKey: uuid(),
    },
  });
  await prisma.survey.create({
    data: {
      organizationId,
      id: survey,
      accountId: account,
      contactId: contact,
      authorId: person,
      source: 'customer',
      state: 'answered',
      scoredOn: at,
      recommend: 3,
      remark: secret,
      locale: 'en',
      createdAt: at,
      requestKey: uuid(),
      expiresAt: new Date(at.getTime() + 86_400_000),
    },
  });
  await prisma.listening.create({
    data: {
      organizationId,
      id: listening,
      accountId: account,
      managerId: person,
      plannedOn: at,
      purpose: secret,
      createdAt: at,
      requestKey: uuid(),
    },
  });
  await prisma.draft.create({
    data: {
      organizationId,
      id: draft,
      personId: person,
      form: 'visits.log',
      context: { accountName: secret },
      answers: { note: secret },
      savedAt: at,
    },
  });
  return {
    id: organizationId,
    ids: { account, contact, visit, action, person, team, draft, survey, listening, workspace },
    everything: async () => {
      const tables = [
        'Organization',
        'Workspace',
        'Person',
        'Identity',
        'Team',
        'Membership',
        'Account',
        'AccountMember',
      ];
      tables.push('AccountChange', 'Contact', 'Visit', 'VisitPerson', 'VisitContact', 'VisitVersion', 'Action');
      tables.push('ActionChange', 'Draft', 'Outbox', 'Sent', 'Survey', 'SurveyScore', 'SurveyRefusal', 'Listening');
      const rows = await Promise.all(
        tables.map(async (table) => {
          const key = table === 'Organization' ? 'id' : '"organizationId"';
          const result = await pool.query(`SELECT t::text FROM "${table}" t WHERE ${key} = $1`, [organizationId]);
          return [table, result.rows.map((row) => row.t).sort()];
        }),
      );
      return JSON.stringify(rows);
    },
  };
}
