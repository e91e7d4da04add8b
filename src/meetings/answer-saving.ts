import type { Answers } from '../chat/form.ts';
import { fix, forbidden, missing, type Reply, redraw, refuseForm, show } from '../chat/reply.ts';
import type { Call, Shown } from '../chat/slice.ts';
import type { Asking, Target } from './answer-asking.ts';
import { type answerForm, mostBlockers, partsOf, type planForm, wordsFields } from './answer-forms.ts';
import { byOf, cardFor, mayAnswer, redrawnFor, type WithStores } from './answer-needs.ts';
import type { Answer } from './answer-save-store.ts';
import { answerStore } from './answer-store.ts';
import { distinct, lineOf, mostItems, type PlanItem, readLines, type Wanted, withoutBullet } from './plan-item.ts';

type Given = Answers<typeof answerForm.fields> & Partial<Answers<typeof planForm.fields>>;

/** From what was typed to what is stored. */
export function createSaving({
  saves,
  store,
  chosen,
  accounts,
  nudge,
  answered,
  asking,
}: WithStores & { asking: Asking }) {
  async function submit(call: Call, given: Given, shown: Shown): Promise<Reply> {
    const target = await asking.targetOf(call, shown.about);
    const gone = () => refuseForm(missing, call);
    if (target === null) return gone();
    if (!mayAnswer(call)) return refuseForm(forbidden, call);
    const answer = await answerOf(call, target, given, shown);
    if ('reply' in answer) return answer;
    const apart = shown.about.apart === 'yes';
    const { timeZone } = call.me;
    const saved = await saves.save(
      apart ? { ...byOf(call), message: null } : byOf(call),
      answer,
      async (prompt, pool) => redrawnFor(call, await answerStore({ pool }).shown(prompt, timeZone)),
    );
    if (saved.became === 'gone') return gone();
    if (saved.became === 'changed') {
      const intro = call.text.words('prompts.form.changedMeanwhile');
      return asking.askFor(call, { prompt: saved.prompt }, { typed: given, intro, apart });
    }
    nudge();
    if (!saved.again) answered();
    const card = cardFor(call, await store.shown(saved.prompt, timeZone));
    return apart ? show(card) : redraw(card);
  }

  /** What was said, as it is stored; or what is wrong with it. */
  async function answerOf(call: Call, target: Target, given: Given, { id, about }: Shown): Promise<Answer | Reply> {
    const of = await asking.standing(call, target);
    const parts = partsOf(of.questions, of.kind);
    const shownItems = idsIn(about.items);
    const shownBlockers = idsIn(about.blockers);
    const planned = of.items.filter((item) => item.state === 'planned' && shownItems.includes(item.id));
    const wanted = parts.plan ? await wantedOf(call, given, planned) : [];
    if (wanted.length > mostItems)
      return fix({ others: call.text.plain('prompts.problem.tooManyItems', { max: mostItems }) });
    const lines = parts.blockers ? readLines(given.blockers).map(withoutBullet) : [];
    if (lines.length > mostBlockers)
      return fix({ blockers: call.text.plain('prompts.problem.tooManyBlockers', { max: mostBlockers }) });
    const still = of.blockers.filter((one) => given.still.includes(one.id)).map(({ text }) => text);
    const said = [
      [parts.plan?.id, wanted.map(lineOf).join('\n')],
      [parts.blockers?.id, [...still, ...lines].join('\n')],
      ...parts.words.map((question, index) => [question.id, given[wordsFields[index] ?? 'words1'] ?? '']),
    ].filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined && pair[1] !== '');
    return {
      prompt: 'prompt' in target ? { id: target.prompt.id } : { make: newPrompt(target, id) },
      version: Number(about.version),
      state: said.length > 0 ? 'answered' : 'nothing',
      answers: Object.fromEntries(said),
      plan: parts.plan && { shown: shownItems, wanted },
      blockers: parts.blockers && { shown: shownBlockers, still: given.still, lines },
    };
  }

  /** What was chosen, then what was typed. A line that names no customer, or not clearly, is an item all the same. */
  async function wantedOf(call: Call, given: Given, planned: readonly PlanItem[]): Promise<Wanted[]> {
    const values = given.chosen ?? [];
    const found = await chosen(call.me, values);
    const moved = new Map(planned.map((item) => [`item:${item.id}`, item]));
    const ticked = values.flatMap((value) => found.get(value) ?? moved.get(value) ?? []);
    const lines = readLines(given.others);
    // Before any of them is looked for: the number of lines is not ours.
    if (lines.length > mostItems) return lines.map((text) => ({ account: null, text }));
    const typed = await Promise.all(lines.map((line) => wantedIn(call, line, planned)));
    return distinct([...ticked, ...typed].map(({ account, text }) => ({ account, text })));
  }

  async function wantedIn(call: Call, line: string, planned: readonly PlanItem[]): Promise<Wanted> {
    const bare = withoutBullet(line);
    const known = planned.find((item) => [line, bare].includes(lineOf(item)));
    if (known) return known;
    // As it was typed first: "1. FC" is a customer and not the first of a list.
    for (const words of new Set([line, bare])) {
      const [first, second] = await accounts.leading(call, words);
      const isClear = first !== undefined && (second === undefined || (first.account.mine && !second.account.mine));
      if (isClear) return { account: { id: first.account.id, name: first.account.name }, text: first.rest.trim() };
    }
    return { account: null, text: bare };
  }

  return { submit };
}

const idsIn = (pointers: string | undefined) => (pointers ?? '').split(' ').filter((id) => id !== '');

function newPrompt({ ahead }: Extract<Target, { ahead: unknown }>, id: string) {
  const { date, window, meeting } = ahead;
  return { id, date, ...window, questionsOfId: meeting.id, questionsVersion: meeting.questionsVersion };
}
