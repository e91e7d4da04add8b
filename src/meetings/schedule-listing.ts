import { show } from '../chat/reply.ts';
import type { Call, Command } from '../chat/slice.ts';
import type { Team } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import { previewOf } from './preview.ts';
import { scheduleCard } from './schedule-list.ts';
import { ahead, type Seeing, type SeeingNeeds } from './setup-seeing.ts';

/** `/kam schedule [team]`: what will be sent to whom and when in the next two weeks, and to whom not and why. */
export function scheduleCommand({ people, seeing }: Pick<SeeingNeeds, 'people'> & { seeing: Seeing }): Command {
  async function schedule(call: Call, words: string) {
    const { me, now, text, today } = call;
    const sought = words.trim().toLowerCase();
    const isMeant = ({ name }: Team) => name.toLowerCase().includes(sought);
    const [ledTeams, ownTeams] = await Promise.all([
      seeing.changeableTeams(call),
      people.teams(me.organizationId, me.memberOf),
    ]);
    const led = ledTeams.filter(isMeant);
    const own = ownTeams.filter(isMeant);
    if (led.length === 0 && own.length === 0 && sought !== '')
      return show({
        body: [{ kind: 'words', words: text.words('meetings.list.noMatch', { name: cut(words, 60) }) }],
      });
    const teams = [...new Map([...led, ...own].map((team) => [team.id, team])).values()];
    const all = await seeing.gathering.around(me.organizationId, teams, { from: now, days: ahead });
    const planned = previewOf(all, now, ahead);
    const ofTeam = ({ id }: Team) => planned.filter(({ of }) => of.team.id === id);
    const plan = {
      days: ahead,
      own: { personId: me.id, planned: planned.filter(({ of }) => own.some(({ id }) => id === of.team.id)) },
      teams: led.map((team) => {
        const theirs = ofTeam(team);
        return { name: team.name, hasChannel: theirs.every(({ of }) => of.hasChannel), planned: theirs };
      }),
    };
    return show(scheduleCard(plan, { text, today }));
  }

  return {
    words: ['schedule', '安排'],
    usage: 'meetings.schedule.usage',
    help: 'meetings.schedule.help',
    run: schedule,
  };
}
