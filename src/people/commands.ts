import type { Slice } from '../chat/slice.ts';
import type { CommandNeeds } from './command-needs.ts';
import { languageCommands } from './language-commands.ts';
import { linkCommands } from './link-commands.ts';
import { peopleCommands } from './people-commands.ts';
import { setUpCommands } from './setup-commands.ts';
import { teamCommands } from './team-commands.ts';

/** Everything a person can do about people and teams. */
export function peopleSlice(needs: Omit<CommandNeeds, 'setUpNext'>): Slice {
  const setUp = setUpCommands(needs);
  const team = teamCommands({ ...needs, setUpNext: setUp.nextStep });
  const people = peopleCommands(needs);
  const language = languageCommands(needs);
  const link = linkCommands(needs);
  return {
    name: 'people',
    commands: [...team.commands, ...people.commands, ...language.commands, ...link, ...setUp.commands],
    actions: [...setUp.actions, ...team.actions, ...people.actions, ...language.actions],
    openers: [...setUp.openers, ...team.openers, ...people.openers],
    forms: [...setUp.forms, ...team.forms, ...people.forms],
    lookUps: [...setUp.lookUps, ...people.lookUps],
  };
}
