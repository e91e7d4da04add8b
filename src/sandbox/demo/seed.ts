import { Temporal } from 'temporal-polyfill';
import { nameKey } from '../../accounts/name.ts';
import { searchTermsOf } from '../../accounts/search-terms.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database.ts';
import { newId } from '../../ids.ts';
import { remindAt } from '../../reminders/morning.ts';
import { nearestLocale } from '../../text/locale.ts';
import { observers, organization, people, teams } from './company.ts';
import { customers } from './customers.ts';
import { at, dateOf, earlier } from './days.ts';
import { earlierVisits, pastVisits } from './history.ts';
import { tellStory } from './story.ts';
import type { Told } from './told.ts';

/**
 * Fills an organisation that has nobody in it with the demo team, its 60 customers and eight weeks of visits that end
 * today; with `story` also with eight earlier weeks, with what customers said, how they score, and what a team planned day
 * by day. Does nothing when somebody is there.
 */
export async function seedDemo(
  into: { database: Database; organizationId: string; workspaceId: string },
  clock: Clock,
  { story = false } = {},
): Promise<void> {
  const { database, organizationId, workspaceId } = into;
  const { prisma } = database;
  if ((await prisma.person.count({ where: { organizationId } })) > 0) return;
  const now = clock.now();
  const instant = (moment: Temporal.Instant) => new Date(moment.epochMilliseconds);
  const ids = new Map(people.map((person) => [person.id, newId()]));
  const idOf = (userId: string) => {
    const id = ids.get(userId);
    if (!id) throw new Error(`nobody is ${userId}`);
    return id;
  };

  const members = people.filter((person) => !('isGuest' in person));
  const rows = rowsOfCustomers({ organizationId, idOf, now, story });
  await prisma.$transaction(
    async (tx) => {
      await tx.organization.update({ where: { id: organizationId }, data: { ...organization, setUpAt: instant(now) } });
      await tx.person.createMany({
        data: members.map((person) => ({
          organizationId,
          id: idOf(person.id),
          name: person.realName,
          email: person.email,
          timeZone: person.tz,
          locale: nearestLocale(person.locale),
          administrator: 'isAdmin' in person,
          observer: observers.includes(person.id),
          createdAt: instant(now),
          refreshedAt: instant(now),
        })),
      });
      await tx.identity.createMany({
        data: members.map((person) => ({
          organizationId,
          workspaceId,
          personId: idOf(person.id),
          externalId: person.id,
          mayAdminister: 'isAdmin' in person,
        })),
      });
      const told: Told[] = [];
      for (const team of teams) {
        const id = newId();
        const { name, timeZone, locale, channel, announce } = team;
        await tx.team.create({
          data: {
            organizationId,
            id,
            name,
            timeZone,
            locale,
            managerId: idOf(team.manager),
            channelWorkspaceId: workspaceId,
            channelId: channel,
            announceVisits: announce,
            memberships: { create: team.members.map((member) => ({ personId: idOf(member) })) },
          },
        });
        told.push(toldOf({ organizationId, id, team, idOf, now }, rows));
      }
      await tx.account.createMany({ data: rows.accounts });
      await tx.contact.createMany({ data: rows.contacts });
      await tx.visit.createMany({ data: rows.visits });
      await tx.visitPerson.createMany({
        data: rows.visits.map((visit) => ({ organizationId, visitId: visit.id, personId: visit.authorId })),
      });
      await tx.visitContact.createMany({ data: rows.met });
      await tx.action.createMany({ data: rows.actions });
      if (story) await tellStory(tx, told, (personId) => rows.ofOwner.get(personId) ?? []);
    },
    // A newcomer's machine may be slow, and nobody waits for an answer in chat here.
    { timeout: 60_000, maxWait: 10_000 },
  );
}

type Rows = ReturnType<typeof rowsOfCustomers>;

/** What is known of a team when its story is told. */
function toldOf(
  given: {
    organizationId: string;
    id: string;
    team: (typeof teams)[number];
    idOf: (userId: string) => string;
    now: Temporal.Instant;
  },
  rows: Rows,
): Told {
  const { organizationId, id, team, idOf, now } = given;
  const memberIds = team.members.map(idOf);
  const manager = people.find((person) => person.id === team.manager);
  const contactIds = Map.groupBy(rows.contacts, (contact) => contact.accountId);
  const accounts = new Map(
    rows.accounts.map(({ name, ...account }) => [
      name,
      { ...account, contactIds: (contactIds.get(account.id) ?? []).map((contact) => contact.id) },
    ]),
  );
  return {
    organizationId,
    now,
    today: now.toZonedDateTimeISO(team.timeZone).toPlainDate(),
    manager: { id: idOf(team.manager), zone: manager?.tz ?? team.timeZone },
    team: { id, memberIds, zone: team.timeZone, language: team.locale === 'en' ? 'en' : 'zh' },
    account(name) {
      const found = accounts.get(name);
      if (!found) throw new Error(`no customer is called ${name}`);
      return found;
    },
    nameOf(accountId) {
      const found = rows.accounts.find(({ id }) => id === accountId);
      if (!found) throw new Error('no such customer');
      return found.name;
    },
    visits: rows.visits
      .filter((visit) => memberIds.includes(visit.authorId))
      .toSorted((a, b) => a.date.getTime() - b.date.getTime()),
    actions: rows.actions,
  };
}

function rowsOfCustomers({
  organizationId,
  idOf,
  now,
  story,
}: {
  organizationId: string;
  idOf: (userId: string) => string;
  now: Temporal.Instant;
  story: boolean;
}) {
  const list = Object.entries(customers).flatMap(([owner, classes]) =>
    Object.entries(classes).flatMap(([name, those]) =>
      those.map((customer) => ({ owner, class: name as keyof typeof classes, customer })),
    ),
  );
  const each = list.map(({ owner, class: of, customer: [name, others, city, ...contacts] }, number) => {
    const ownerId = idOf(owner);
    const zone = people.find((person) => person.id === owner)?.tz ?? 'UTC';
    const today = now.toZonedDateTimeISO(zone).toPlainDate();
    const code = `K${String(1001 + number)}`;
    const otherNames = others === '' ? [] : others.split(',');
    const terms = searchTermsOf(organizationId, { name, otherNames, code });
    const account = {
      organizationId,
      id: newId(),
      name,
      nameKey: nameKey(name),
      code,
      class: of,
      ownerId,
      otherNames,
      city,
      searchText: terms.text,
      searchGrams: terms.grams,
      timeZone: zone,
      createdAt: at(today.subtract({ weeks: 30 }), '09:00', zone),
    };
    const people_ = contacts.map((line) => contactOf(organizationId, account.id, line));
    const language = zone === 'Asia/Shanghai' ? 'zh' : 'en';
    const all = [
      ...(story ? earlierVisits(number, of, language, today) : []),
      ...pastVisits(number, of, language, today),
    ];
    const visits = all.map((past) => {
      const id = newId();
      const loggedAt = earlier(at(past.date.add({ days: past.loggedAfter }), '17:20', zone), now);
      const visit = {
        organizationId,
        id,
        accountId: account.id,
        authorId: ownerId,
        kind: past.kind,
        loggedAt,
        nthThatDay: 1,
        purpose: past.story.purpose,
        note: past.story.note,
        outcome: past.story.outcome,
        date: dateOf(past.date),
        requestKey: `demo:${id}`,
      };
      const action = past.next && {
        organizationId,
        id: newId(),
        accountId: account.id,
        visitId: id,
        text: past.next.text,
        ownerId,
        createdById: ownerId,
        createdAt: loggedAt,
        requestKey: `demo:${id}:next`,
        dueOn: dateOf(past.next.dueOn),
        ...(past.next.done
          ? { state: 'done' as const, closedAt: earlier(at(past.next.dueOn, '16:00', zone), now) }
          : { remindAt: reminder(past.next.dueOn, zone, now) }),
      };
      const met = people_.slice(0, 1).map((contact) => ({ organizationId, visitId: id, contactId: contact.id }));
      return { visit, met, action };
    });
    return { account, contacts: people_, visits };
  });
  const visits = each.flatMap((one) => one.visits);
  const byOwner = Map.groupBy(each, ({ account }) => account.ownerId);
  return {
    ofOwner: new Map([...byOwner].map(([ownerId, those]) => [ownerId, those.map(({ account }) => account.id)])),
    accounts: each.map((one) => one.account),
    contacts: each.flatMap((one) => one.contacts),
    visits: visits.map((one) => one.visit),
    met: visits.flatMap((one) => one.met),
    actions: visits.flatMap((one) => one.action ?? []),
  };
}

const contactRoles = ['decisionMaker', 'sponsor', 'champion', 'user', 'gatekeeper', 'blocker'] as const;
const attitudes = ['positive', 'neutral', 'negative', 'unknown'] as const;

function contactOf(organizationId: string, accountId: string, line: string) {
  const [name = '', title = '', role, attitude] = line.split(', ');
  return {
    organizationId,
    id: newId(),
    accountId,
    name,
    title,
    role: contactRoles.find((known) => known === role) ?? null,
    attitude: attitudes.find((known) => known === attitude) ?? 'unknown',
  };
}

/** A reminder that lies behind is not sent for the demo's sake. */
function reminder(dueOn: Temporal.PlainDate, zone: string, now: Temporal.Instant): Date | null {
  const moment = remindAt(dueOn, zone, now);
  return moment && Temporal.Instant.compare(moment, now) > 0 ? new Date(moment.epochMilliseconds) : null;
}
