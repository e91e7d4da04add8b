import { vi } from 'vitest';
import { type Actor, readLines, type ShownCard } from './actor.ts';
import { expectOk, type Member } from './member.ts';

type Json = Record<string, unknown>;

/** Somebody of the local Slack, as the contract suite plays them. */
export function slackActor(member: Member): Actor {
  let problems: string[] = [];
  let isAtHome = false;
  /** The form when a choice was looked up last. */
  let drawnBefore: string | undefined;
  const hashOfForm = () => String(member.screen.views.at(-1)?.view.hash);

  async function command(words: string, channel: string): Promise<void> {
    isAtHome = false;
    problems = [];
    expectOk(await member.command(`/kam ${words}`, channel));
  }

  async function shortcut(callbackId: string, on?: { channel: string; ts: string }): Promise<void> {
    isAtHome = false;
    problems = [];
    expectOk(await member.shortcut(callbackId, on));
  }

  async function onMessage(callbackId: string, text: string): Promise<void> {
    const message = member.messages.findLast((one) => one.text.includes(text));
    if (!message) throw new Error(`${member.id} sees no message "${text}"`);
    await shortcut(callbackId, { channel: message.channel, ts: message.ts });
  }

  const elementOf = (label: string): Json => {
    const block = member.modal.blocks.find((one) => one.type === 'input' && wordsOf(one.label).startsWith(label));
    return isJson(block?.element) ? block.element : {};
  };
  const personNamed = (name: string) => member.screen.users.find((user) => user.realName === name)?.id ?? name;
  const nameOf = (id: string) => member.screen.users.find((user) => user.id === id)?.realName ?? id;
  const channelNamed = (name: string) => member.screen.channels.find((one) => one.name === name)?.id ?? name;

  const privately = () => {
    const direct = new Set(member.screen.channels.filter(({ kind }) => kind === 'direct').map(({ id }) => id));
    const bot = member.screen.app.botUserId;
    return member.messages.filter((one) => one.ephemeral || (direct.has(one.channel) && one.user === bot));
  };

  const ofBotIn = (channel: string) =>
    member.messages.filter(
      (one) => one.user === member.screen.app.botUserId && !one.ephemeral && one.channel === channel,
    );

  function cards(): ShownCard[] {
    const inMessages = privately().map(({ blocks }) => cardIn(list(blocks)));
    const asksNothing = member.hasModal && member.questions.length === 0;
    return asksNothing ? [...inMessages, cardIn(member.modal.blocks, member.modal.title)] : inMessages;
  }

  return {
    platform: 'slack',
    id: member.id,
    tell: (words) => command(words, 'C0GENERAL'),
    tellInChannel: (words, channel = 'C0EUROPE') => command(words, channel),
    write: async (words, channel = 'C0EUROPE') => void expectOk(await member.say(channel, words)),
    menuLog: () => shortcut('kam_log_visit'),
    fromMessage: (text) => onMessage('kam_log_visit_from_message', text),
    feedbackFromMessage: (text) => onMessage('kam_save_feedback', text),
    get hasForm() {
      return member.hasModal;
    },
    get questions() {
      return member.questions;
    },
    answer(label) {
      const { type } = elementOf(label);
      const known = member.answer(label);
      if (type === 'checkboxes') return Array.isArray(known) && known.length > 0;
      if (type === 'users_select') return typeof known === 'string' ? nameOf(known) : undefined;
      if (type === 'multi_users_select') return Array.isArray(known) ? known.map((id) => nameOf(String(id))) : [];
      if (type === 'multi_static_select') return Array.isArray(known) ? known.map(optionWords) : [];
      if (isJson(known)) return optionWords(known);
      return typeof known === 'string' && known !== '' ? known : undefined;
    },
    get formLines() {
      return readLines(linesIn(member.modal.blocks));
    },
    fill(label, answer) {
      const type = String(elementOf(label).type);
      if (type === 'external_select') drawnBefore = hashOfForm();
      const named = type.includes('users_select') ? personNamed : type === 'conversations_select' ? channelNamed : null;
      if (named === null || typeof answer === 'boolean') return member.fill(label, answer);
      return member.fill(label, Array.isArray(answer) ? answer.map(named) : named(answer));
    },
    suggestions: (label, typed) => member.suggestions(label, typed),
    // The form is drawn anew after the answer was acknowledged.
    showDependent: () => waitUntil(() => hashOfForm() !== drawnBefore, 'the form was not drawn anew'),
    async more() {
      const button = () =>
        member.modal.blocks.flatMap((block) => list(block.elements)).find((element) => element.action_id === 'more');
      const shown = button();
      if (!shown) throw new Error(`${member.id} sees nothing to unfold in the form`);
      expectOk(await member.press(wordsOf(shown.text)));
      await waitUntil(() => !button(), 'the form was not unfolded');
    },
    attach: (label, { content }) => member.fill(label, content),
    async submit() {
      const result = await member.submit();
      if (!result.ok && result.errors === undefined) expectOk(result);
      problems = result.ok ? [] : Object.values(result.errors ?? {});
    },
    async leave() {
      problems = [];
      expectOk(await member.close());
    },
    problems: () => (member.hasModal ? [...problems, ...warningsIn(member.modal.blocks)] : problems),
    async press(label) {
      expectOk(await (isAtHome && !member.hasModal ? member.pressHome(label) : member.press(label)));
    },
    read: () => privately().map(({ text }) => unescaped(text)),
    cards,
    facts: () => cards().at(-1)?.facts ?? {},
    posted: (channel) => ofBotIn(channel).map(({ blocks }) => cardIn(list(blocks))),
    replies(channel, words) {
      const all = ofBotIn(channel);
      const root = all.findLast(({ text, threadTs }) => threadTs === undefined && text.includes(words));
      return all.filter(({ threadTs }) => root && threadTs === root.ts).map(({ blocks }) => cardIn(list(blocks)));
    },
    page: () => readLines(linesIn(list(member.screen.home?.blocks))),
    async home() {
      const { home: before } = member.screen;
      expectOk(await member.openHome());
      isAtHome = true;
      await waitUntil(() => (member.screen.home?.hash ?? before?.hash) !== before?.hash, 'the home was not drawn');
      return linesIn(list(member.screen.home?.blocks)).join('\n');
    },
  };
}

/** Slack draws some things only after it has acknowledged what led to them. */
const waitUntil = (isSo: () => boolean, otherwise: string) =>
  vi.waitFor(() => {
    if (!isSo()) throw new Error(otherwise);
  }, 5_000);

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

function wordsOf(node: unknown): string {
  if (typeof node === 'string') return node;
  return isJson(node) ? wordsOf(node.text) : '';
}

const optionWords = (option: unknown): string => (isJson(option) ? wordsOf(option.text) : '');

const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The parts of a rich text, each as one line of inline elements. */
function sectionsIn(block: Json): Json[][] {
  return list(block.elements).flatMap((part) =>
    part.type === 'rich_text_list' ? list(part.elements).map((item) => list(item.elements)) : [list(part.elements)],
  );
}

const inline = (elements: readonly Json[]): string =>
  elements.map((element) => String(element.text ?? element.url ?? '')).join('');

/** The bot uses no other mark-up, and writes a text plainly where it holds any by itself. */
const withoutStars = (text: Json) => wordsOf(text).replace(/\*([^*]+)\*/g, '$1');

/** All that can be read in blocks; buttons are not among it. */
function linesIn(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'rich_text') return sectionsIn(block).map(inline);
    if (block.type === 'context') return list(block.elements).map(wordsOf);
    if (block.type === 'image') return [wordsOf(block.title), String(block.alt_text)].filter((line) => line !== '');
    const text = isJson(block.text) && block.text.type === 'mrkdwn' ? withoutStars(block.text) : wordsOf(block.text);
    return text === '' ? [] : [text];
  });
}

function cardIn(blocks: readonly Json[], title = ''): ShownCard {
  const elements = blocks.flatMap((block) => [
    ...list(block.elements),
    ...(isJson(block.accessory) ? [block.accessory] : []),
  ]);
  const buttons = elements.filter(({ type }) => type === 'button').map(({ text }) => wordsOf(text));
  return { lines: readLines([title, ...linesIn(blocks)]), facts: factsIn(blocks), buttons };
}

/** Lines that begin with a label in bold. */
function factsIn(blocks: readonly Json[]): Record<string, string> {
  const facts = blocks
    .filter((block) => block.type === 'rich_text')
    .flatMap(sectionsIn)
    .flatMap(([label, ...value]) => {
      const isLabel = isJson(label?.style) && label.style.bold === true && /[:：]\s*$/.test(wordsOf(label));
      return isLabel && value.length > 0 ? [[wordsOf(label).replace(/\s*[:：]\s*$/, ''), inline(value)] as const] : [];
    });
  return Object.fromEntries(facts);
}

/** Paragraphs that begin with a sign of warning. */
function warningsIn(blocks: readonly Json[]): string[] {
  return blocks
    .filter((block) => block.type === 'rich_text')
    .flatMap(sectionsIn)
    .filter(([first]) => first?.type === 'emoji' && first.name === 'warning')
    .map((elements) => inline(elements).trim());
}
