import { v7 as uuid } from 'uuid';
import { type Absence, type Calendar, createCalendar, type Workdays } from '../../src/calendar/index.ts';
import { movableClock } from '../../src/clock.ts';
import type { Database } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';

/** The calendar slice on a test's database, and what it reads, written straight into it. */
export interface Days {
  calendar: Calendar;
  /** Sets on which days a team works; null: it has said nothing. */
  set(teamId: string, workdays: Partial<Workdays> | null): Promise<void>;
  away(personId: string, absence: Pick<Absence, 'from' | 'to'> & Partial<Pick<Absence, 'half'>>): Promise<void>;
}

export function daysOn(database: Database): Days {
  const { prisma } = database;
  const [clock, log] = [movableClock(), createLog('silent')];
  const people = createPeople({ database, clock, log });
  const nothing = () => undefined;
  return {
    calendar: createCalendar({ database, people, clock, log, nudge: nothing, changed: async () => undefined }),
    async set(teamId, workdays) {
      const { organizationId } = await prisma.team.findFirstOrThrow({ where: { id: teamId } });
      await prisma.calendarDay.deleteMany({ where: { organizationId, teamId } });
      await prisma.teamCalendar.deleteMany({ where: { organizationId, teamId } });
      if (workdays === null) return;
      const { weekdays = [1, 2, 3, 4, 5], days = new Map<string, never>() } = workdays;
      await prisma.teamCalendar.create({ data: { organizationId, teamId, weekdays: [...weekdays] } });
      await prisma.calendarDay.createMany({
        data: [...days].map(([date, day]) => ({
          organizationId,
          teamId,
          date: new Date(date),
          source: 'hand' as const,
          works: day.works,
          name: day.name,
        })),
      });
    },
    async away(personId, { from, to, half = null }) {
      const { organizationId } = await prisma.person.findFirstOrThrow({ where: { id: personId } });
      const id = uuid();
      await prisma.absence.create({
        data: {
          organizationId,
          id,
          personId,
          half,
          requestKey: id,
          createdById: personId,
          createdAt: new Date(),
          fromDay: new Date(from.toString()),
          toDay: new Date(to.toString()),
        },
      });
    },
  };
}
