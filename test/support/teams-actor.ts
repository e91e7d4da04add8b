import { textIn } from '../../src/text/text.ts';
import { type Actor, readLines, type ShownCard } from './actor.ts';
import type { Json } from './teams/activities.ts';
import { viewOf } from './teams/card-view.ts';
import { type Done, expectSent, type SeenMessage, type TeamsMember } from './teams/teams-member.ts';

/** Both languages' words of the button that shows what depends on an answer. */
const dependent = (['en', 'zh-CN'] as const).map((locale) => textIn(locale).plain('chat.form.dependent'));

/** Somebody of the local Teams, as the contract suite plays them. */
export function teamsActor(member: TeamsMember): Actor {
  /** The message with their page. */
  let pageIn: string | undefined;

  /** Something that must have reached the bot and worked. */
  async function done(doing: Promise<Done>): Promise<void> {
    const before = member.errors.length;
    expectSent(await doing);
    const wrong = member.errors.slice(before);
    if (wrong.length > 0) throw new Error(`${member.person.name} was told: ${wrong.join(' ')}`);
  }

  const ofBot = (which: (message: SeenMessage) => boolean): ShownCard[] =>
    member.messages.flatMap((message) =>
      message.card !== undefined && message.from === 'bot' && which(message) ? [cardIn(message.card)] : [],
    );

  function cards(): ShownCard[] {
    const { dialog } = member;
    const inMessages = ofBot(({ place, onlyForMe }) => onlyForMe || place === member.id);
    const asksNothing = dialog !== null && viewOf(dialog.card).inputs.length === 0;
    return asksNothing ? [...inMessages, cardIn(dialog.card)] : inMessages;
  }

  return {
    platform: 'teams',
    id: member.id,
    tell: (words) => done(member.say(words)),
    tellInChannel: (words, channel = 'C0EUROPE') => done(member.mention(words, channel)),
    write: async (words, channel = 'C0EUROPE') => void (await member.say(words, channel)),
    menuLog: () => done(member.openExtension('logVisit')),
    fromMessage: (text) => done(member.openExtension('logVisit', { onMessage: text })),
    feedbackFromMessage: (text) => done(member.openExtension('saveFeedback', { onMessage: text })),
    get hasForm() {
      return member.hasForm;
    },
    get questions() {
      return member.questions;
    },
    get formLines() {
      return readLines(member.formText.split('\n'));
    },
    answer: (label) => member.answer(label),
    fill: (label, answer) => member.fill(label, answer),
    suggestions: (label, typed) => member.suggestions(label, typed),
    async showDependent() {
      const button = member.buttons.find((words) => dependent.includes(words));
      if (button !== undefined) await done(member.press(button));
    },
    more: () => member.more(),
    attach: (_label, file) => done(member.attach(file)),
    async submit() {
      const { sent, delivery } = await member.submit();
      if (sent && delivery?.status !== 200) throw new Error(`the form was answered with ${delivery?.status}`);
    },
    leave: async () => void (await member.cancel()),
    problems: () => member.problems,
    async press(label) {
      const pressed = await member.press(label);
      if (member.asked !== null) await done(member.confirm());
      else await done(Promise.resolve(pressed));
    },
    read: () => member.told,
    cards,
    facts: () => cards().at(-1)?.facts ?? {},
    posted: (channel) => ofBot(({ place, onlyForMe }) => place === channel && !onlyForMe),
    replies(channel, words) {
      const isHere = ({ place, from }: SeenMessage) => place === channel && from === 'bot';
      const root = member.messages.findLast((one) => isHere(one) && one.thread === one.id && one.text.includes(words));
      return ofBot((one) => isHere(one) && root !== undefined && one.thread === root.id && one.id !== root.id);
    },
    page: () => readLines([member.messages.find(({ id }) => id === pageIn)?.text ?? '']),
    async home() {
      await done(member.say('home'));
      const { id, text } = member.lastMessage;
      pageIn = id;
      return text;
    },
  };
}

function cardIn(card: Json): ShownCard {
  const { lines, facts, actions } = viewOf(card);
  // Links in a text can be pressed too; they have no title of their own.
  const buttons = actions.filter(({ visible, title }) => visible && title !== '').map(({ title }) => title);
  return { lines: readLines(lines), facts, buttons };
}
