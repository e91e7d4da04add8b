import type { Nudge } from '../chat/outbox.ts';
import { notFound, type Reply, redraw, refuse, show } from '../chat/reply.ts';
import type { Action, Call, Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { mayChangeTeam } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { previewOf } from './preview.ts';
import { standardOf } from './question.ts';
import { scheduleCommand } from './schedule-listing.ts';
import { overviewCard, startedCard, type TeamMeetings } from './setup-cards.ts';
import { nameOf } from './setup-facts.ts';
import { usual, usualKinds } from './setup-forms.ts';
import { createSaving } from './setup-saving.ts';
import { ahead, createSeeing, firstAskedIn, type SeeingNeeds } from './setup-seeing.ts';
import type { Turn } from './setup-store.ts';

/** `/kam meeting`: what one's teams ask, and everything that may be changed in it; `/kam schedule`: what comes of it. */
export function createSettingUp(
  needs: SeeingNeeds & { nudge: Nudge; log: Log },
): Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'>> {
  const { store, nudge, log } = needs;
  const seeing = createSeeing(needs);
  const saving = createSaving({ ...needs, seeing });

  async function overview(call: Call, { words = '', said }: { words?: string; said?: Words } = {}) {
    const { me, now, text } = call;
    const teams = await seeing.teams(call, words);
    const set = await store.ofTeams(
      me.organizationId,
      teams.map(({ id }) => id),
    );
    const meetings = await seeing.gathering.previews(me.organizationId, set, teams, { from: now, days: 1 });
    const seen = teams.map(
      (team): TeamMeetings => ({
        team,
        meetings: meetings.filter(({ meeting }) => meeting.teamId === team.id),
        mayChange: mayChangeTeam(call.me, team.id),
      }),
    );
    const noMatch =
      seen.length === 0 && words !== '' ? text.words('meetings.list.noMatch', { name: cut(words, 60) }) : undefined;
    return overviewCard(text, seen, said ?? noMatch);
  }

  /** Makes the meetings that most teams begin with. Two who press at one moment make them once. */
  async function startUsual(call: Call, about: string | undefined): Promise<Reply> {
    const { me, now, text } = call;
    const { organizationId } = me;
    const team = await seeing.changeableTeam(call, about);
    if ('refused' in team) return refuse(team, call);
    if ((await store.ofTeams(organizationId, [team.id])).length === 0) {
      // Whoever has put everything away begins once more.
      const nth = await store.archived(organizationId, team.id);
      const today = now.toZonedDateTimeISO(team.timeZone).toPlainDate();
      const meetings = usualKinds.map((kind) => ({
        ...usual(kind, today),
        organizationId,
        id: newId(),
        teamId: team.id,
        kind,
        questions: standardOf[kind],
        requestKey: `usual:${team.id}:${nth}:${kind}`,
      }));
      if (await store.add(meetings, { personId: me.id, at: now })) {
        log.info({ organization: organizationId, team: team.id }, 'the usual meetings were set up');
        nudge();
      }
    }
    const all = await seeing.gathering.around(organizationId, [team], { from: now, days: ahead });
    const planned = previewOf(all, now, ahead);
    const firsts = all
      .filter(({ meeting }) => meeting.teamId === team.id)
      .map((of) => ({ of, asked: firstAskedIn(planned, of.meeting.id) }));
    return redraw(startedCard(text, team, firsts, now));
  }

  /** A button that changes the state of a meeting; pressed twice it has done it once. */
  const turning = (turn: Turn): Action['run'] =>
    async function run(call, about) {
      const seen = await seeing.changeable(call, about);
      if ('refused' in seen) return refuse(seen, call);
      const { meeting } = seen.set;
      await store.turn(meeting, turn, { personId: call.me.id, at: call.now });
      log.info({ organization: meeting.organizationId, meeting: meeting.id, turn }, 'a meeting was changed');
      nudge();
      const { text } = call;
      if (turn === 'archive') {
        const said = text.words('meetings.archived', { name: nameOf(meeting, text), team: seen.team.name });
        return redraw(await overview(call, { said }));
      }
      const after = await seeing.meeting(call, meeting.id);
      if (after === null) return notFound(call);
      return redraw(await seeing.card(call, after, text.words(`meetings.${turn === 'pause' ? 'paused' : 'resumed'}`)));
    };

  return {
    commands: [
      {
        words: ['meeting', '会议', 'meetings'],
        usage: 'meetings.usage',
        help: 'meetings.help',
        run: async (call, rest) => show(await overview(call, { words: rest })),
      },
      scheduleCommand({ ...needs, seeing }),
    ],
    actions: [
      { name: 'meetings.list', run: async (call) => redraw(await overview(call)) },
      {
        name: 'meetings.show',
        run: async (call, about) => {
          const seen = await seeing.meeting(call, about);
          return seen === null ? notFound(call) : redraw(await seeing.card(call, seen));
        },
      },
      { name: 'meetings.usual', run: startUsual },
      { name: 'meetings.pause', run: turning('pause') },
      { name: 'meetings.resume', run: turning('resume') },
      { name: 'meetings.archive', run: turning('archive') },
    ],
    openers: saving.openers,
    forms: saving.forms,
  };
}
