import { notFound, type Reply, redraw, show, tell } from '../chat/reply.ts';
import type { Action, Call, Command } from '../chat/slice.ts';
import { cut } from '../text/cut.ts';
import { textIn } from '../text/text.ts';
import { languageCard } from './cards.ts';
import type { CommandNeeds } from './command-needs.ts';
import { type LanguageChoice, readLanguage } from './language.ts';
import { localeOf } from './locale-of.ts';

/** `/kam language`, with the language or with a card to choose from. */
export function languageCommands({ store, forget }: Pick<CommandNeeds, 'store' | 'forget'>): {
  commands: Command[];
  actions: Action[];
} {
  async function choose(call: Call, choice: LanguageChoice) {
    const { me } = call;
    const chosen = choice === 'auto' ? null : choice;
    const others = await store.chooseLocale(me.organizationId, me.id, chosen);
    forget(me.organizationId, [me.id]);
    const text = textIn(localeOf(chosen, others?.platform, others?.organization));
    return text.words(choice === 'auto' ? 'people.language.chosenAuto' : 'people.language.chosen');
  }
  return {
    commands: [
      {
        words: ['language', '语言', 'lang'],
        usage: 'people.language.usage',
        help: 'people.language.help',
        beforeSetUp: true,
        run: async (call, rest): Promise<Reply> => {
          const { text } = call;
          if (rest === '') return show(languageCard(text, text.words('people.language.ask')));
          const choice = readLanguage(rest);
          if (choice) return tell(await choose(call, choice));
          return show(languageCard(text, text.words('people.language.unknown', { language: cut(rest, 40) })));
        },
      },
    ],
    actions: [
      {
        name: 'people.language',
        run: async (call, about) => {
          const choice = readLanguage(about ?? '');
          if (!choice) return notFound(call);
          return redraw({ body: [{ kind: 'words', words: await choose(call, choice) }] });
        },
      },
    ],
  };
}
