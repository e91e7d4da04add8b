import { createHash } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import { type Reply, refuse, refuseForm, show } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Team } from '../people/index.ts';
import { decode } from '../text/decode.ts';
import type { Text } from '../text/text.ts';
import type { CalendarStore } from './calendar-store.ts';
import { readCsvDays } from './csv-days.ts';
import { mostDays, type ReadDays } from './file-days.ts';
import { importForm } from './forms.ts';
import type { GoingOn } from './going-on.ts';
import { readIcsDays } from './ics-days.ts';
import { problemsCard } from './import-cards.ts';
import { afterImport, type CalendarDay } from './team-calendar.ts';
import { againCard, teamCard } from './team-cards.ts';
import type { TeamViewing } from './team-viewing.ts';

/** Largest file taken from chat: a thousand days with all that a calendar program writes about each. */
const mostMegabytes = 1;

export interface ImportDaysNeeds {
  store: CalendarStore;
  viewing: TeamViewing;
  goingOn: GoingOn;
  log: Log;
  changed(organizationId: string, teamIds: readonly string[]): Promise<void>;
}

/** Importing holidays and make-up working days from a file: for who may change the team. */
export function importDaysCommand(needs: ImportDaysNeeds): Required<Pick<Slice, 'openers' | 'forms'>> {
  const { store, viewing, goingOn, log, changed } = needs;

  async function fileDaysOf(call: Call, teamId: string): Promise<CalendarDay[]> {
    const kept = (await store.of([{ organizationId: call.me.organizationId, teamId }])).get(teamId);
    return (kept?.days ?? []).filter(({ source }) => source === 'file');
  }

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const { text } = call;
    const team = await viewing.changeable(call, about);
    if ('refused' in team) return refuse(team, call);
    const seen = markOf(await fileDaysOf(call, team.id));
    const intro = text.words('calendar.import.intro', { team: team.name });
    return ask({ form: importForm, id: newId(), about: { team: team.id, seen }, intro });
  }

  async function submit(call: Call, { file }: { file: string }, shown: Shown): Promise<Reply> {
    const { text } = call;
    const team = await viewing.changeable(call, shown.about.team);
    if ('refused' in team) return refuseForm(team, call);
    return goingOn.answer(call, {
      key: `calendar-imported:${shown.id}`,
      work: load(call, team, file, shown.about.seen ?? ''),
      running: text.words('calendar.import.running'),
      late: again(text.plain('calendar.import.changed'), team, text),
      failed: (code) => again(text.plain('calendar.import.failed', { code }), team, text),
    });
  }

  async function load(call: Call, team: Team, pointer: string, seen: string): Promise<Reply> {
    const { me, text, today } = call;
    let bytes: Uint8Array;
    try {
      bytes = await call.file(pointer, mostMegabytes * 1_000_000);
    } catch (error) {
      log.warn({ err: error, organization: me.organizationId }, 'a file of days could not be read');
      return show(again(text.plain('calendar.import.noFile', { megabytes: mostMegabytes }), team, text));
    }
    const words = decode(bytes);
    const read: ReadDays = words === null ? { ok: false, problem: 'encoding' } : await readDays(words, today);
    if (!read.ok) {
      if (read.problem === 'lines') return show(problemsCard(read.lines, team.id, text));
      return show(again(text.plain(`calendar.import.${read.problem}`, { max: mostDays }), team, text));
    }
    const isStored = await store.changeFileDays({ organizationId: me.organizationId, teamId: team.id }, (now) => {
      const after = afterImport(now, read.days);
      // The same file delivered twice finds what it wanted.
      return markOf(now) === seen || markOf(now) === markOf(after) ? after : null;
    });
    if (!isStored) return show(again(text.plain('calendar.import.changed'), team, text));
    await changed(me.organizationId, [team.id]);
    const worked = read.days.filter(({ works }) => works).length;
    const count = { count: read.days.length, worked, off: read.days.length - worked };
    return show(teamCard(await viewing.view(call, team), call, text.words('calendar.import.done', count)));
  }

  return {
    openers: [{ name: 'calendar.import', run: open }],
    forms: [handles({ form: importForm, submit })],
  };
}

/** A calendar says so in its first line; everything else is a table. */
const readDays = (words: string, today: Call['today']): Promise<ReadDays> | ReadDays =>
  /^\s*BEGIN:VCALENDAR\b/i.test(words) ? readIcsDays(words, today) : readCsvDays(words);

const again = (said: string, { id }: Team, text: Text): Card => againCard(said, id, text, 'calendar.import');

/** Tells one set of days from another. */
const markOf = (days: readonly CalendarDay[]): string =>
  createHash('sha256')
    .update(JSON.stringify(days.map(({ date, works, name }) => [date, works, name])))
    .digest('base64url');
