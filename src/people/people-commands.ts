import { z } from 'zod';
import type { Card } from '../chat/card.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, forbidden, missing, notAllowed, notFound, redraw, refuseForm, show } from '../chat/reply.ts';
import {
  type Action,
  ask,
  type Call,
  type Command,
  type FormHandler,
  handles,
  type LookUp,
  type Opener,
} from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { peopleCard, roleCard } from './cards.ts';
import { findColleagues } from './colleagues.ts';
import type { CommandNeeds } from './command-needs.ts';
import { findNames } from './find-name.ts';
import { roleForm } from './forms.ts';
import { type Role, reach, readableTeams, roleOf } from './rights.ts';
import type { PersonRow } from './store.ts';

const pageSize = 15;
const longestQuery = 80;
const place = z.object({ from: z.int().min(0).max(1_000_000), query: z.string().max(longestQuery) });
const start = { from: 0, query: '' };

const mayChange = ({ me }: Call) => reach(me, 'people.change') === 'all';
const roleOfRow = (row: PersonRow): Role => roleOf({ ...row, manages: row.managesTeams ? [row.id] : [] });

/** `/kam people`: the colleagues with their roles, which administrators change. */
export function peopleCommands({ store, forget }: Pick<CommandNeeds, 'store' | 'forget'>): {
  commands: Command[];
  actions: Action[];
  openers: Opener[];
  forms: FormHandler[];
  lookUps: LookUp[];
} {
  /** Administrators and whoever may read all teams see everybody; the others their teams and the administrators. */
  async function page(call: Call, { from, query }: z.infer<typeof place>): Promise<Card> {
    const { me, text } = call;
    const seesAll = reach(me, 'team.read') === 'all';
    const [everybody, teams] = await Promise.all([
      store.everybody(me.organizationId),
      store.teams(me.organizationId, readableTeams(me)),
    ]);
    const near = new Set([me.id, ...teams.flatMap((team) => [...team.memberIds, team.managerId])]);
    const visible = everybody.filter((row) => seesAll || near.has(row.id) || roleOfRow(row) === 'administrator');
    const found = query === '' ? visible : findNames(query, visible);
    const shown = found.slice(from, from + pageSize);
    const teamsWith = (id: string) => teams.filter((team) => team.managerId === id || team.memberIds.includes(id));
    return peopleCard(text, {
      people: shown.map((row) => ({
        id: row.id,
        name: row.name,
        role: roleOfRow(row),
        teams: teamsWith(row.id).map((team) => team.name),
      })),
      me: me.id,
      mayChange: mayChange(call),
      left: Math.max(0, found.length - from - shown.length),
      next: JSON.stringify({ from: from + pageSize, query }),
      first: JSON.stringify(start),
      isFirst: from === 0 && query === '',
      query,
    });
  }

  async function colleague({ me }: Call, about: string | undefined): Promise<PersonRow | null> {
    if (!isPointer(about)) return null;
    const [row] = await store.people(me.organizationId, [about]);
    return row?.active ? row : null;
  }

  return {
    commands: [
      {
        words: ['people', '人员'],
        usage: 'people.list.usage',
        help: 'people.list.help',
        run: async (call, rest) => show(await page(call, { from: 0, query: rest.slice(0, longestQuery) })),
      },
    ],
    actions: [
      {
        name: 'people.list',
        run: async (call, about) => {
          if (about === undefined) return show(await page(call, start));
          return redraw(await page(call, readPlace(about)));
        },
      },
    ],
    openers: [
      {
        name: 'people.role',
        run: async (call, about) => {
          const { text } = call;
          if (!mayChange(call)) return notAllowed(call);
          const row = await colleague(call, about);
          if (!row) return notFound(call);
          const role = row.observer ? 'observer' : row.administrator ? 'administrator' : 'member';
          return ask({
            form: roleForm,
            id: newId(),
            about: { person: row.id },
            initial: { role },
            intro: text.words('people.role.of', { name: { person: row.id, name: row.name } }),
          });
        },
      },
    ],
    forms: [
      handles({
        form: roleForm,
        submit: async (call, answers, shown) => {
          const { me, text } = call;
          if (!mayChange(call)) return refuseForm(forbidden, call);
          const row = await colleague(call, shown.about.person);
          if (!row) return refuseForm(missing, call);
          const role = { administrator: answers.role === 'administrator', observer: answers.role === 'observer' };
          const outcome = await store.changeRole(me.organizationId, me.id, row.id, role);
          forget(me.organizationId, [me.id, row.id]);
          if (outcome === 'last') return fix({ role: text.plain('people.role.last') });
          if (outcome === 'not allowed') return refuseForm(forbidden, call);
          if (outcome === 'not found') return refuseForm(missing, call);
          return show(roleCard(text, row, roleOfRow({ ...row, ...role })));
        },
      }),
    ],
    lookUps: [
      {
        source: 'people.colleagues',
        // Observers too: they belong to teams. The forms that ask for somebody who acts say so themselves.
        find: async ({ me }, query) => findColleagues(query, await store.colleagues(me)),
      },
    ],
  };
}

function readPlace(about: string): z.infer<typeof place> {
  try {
    return place.parse(JSON.parse(about));
  } catch {
    // A pointer from outside that says nothing leads to the start.
    return start;
  }
}
