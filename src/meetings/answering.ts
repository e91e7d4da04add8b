import { handles, type Slice } from '../chat/slice.ts';
import { createAsking } from './answer-asking.ts';
import { answerForm, planForm } from './answer-forms.ts';
import type { AnsweringNeeds } from './answer-needs.ts';
import { createPressing, type Pressing } from './answer-pressing.ts';
import { answerReportStore } from './answer-report-store.ts';
import { createReporting } from './answer-reporting.ts';
import { answerSaveStore } from './answer-save-store.ts';
import { createSaving } from './answer-saving.ts';
import { answerStore } from './answer-store.ts';
import { dayStore } from './day-store.ts';
import { planAheadStore } from './plan-ahead-store.ts';
import { planChosenStore } from './plan-chosen-store.ts';
import { planCommands } from './plan-commands.ts';
import { planTurnStore } from './plan-turn-store.ts';

export type { AnsweringNeeds } from './answer-needs.ts';

/** What a person can do with what they are asked: answer, plan ahead, close what was planned, look answers up. */
export type Answering = Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'>> & {
  /** What a button of an item of the plan does; `redraw` with its prompt's card when it is done. */
  turn: Pressing['turn'];
};

export function createAnswering({ database, ...given }: AnsweringNeeds): Answering {
  const saves = answerSaveStore(database);
  const needs = {
    ...given,
    saves,
    store: answerStore(database),
    turns: planTurnStore(database, saves),
    days: dayStore(database),
    mornings: planAheadStore(database).mornings,
    chosen: planChosenStore(database).chosen,
  };
  const asking = createAsking(needs);
  const { submit } = createSaving({ ...needs, asking });
  const { mark, turn } = createPressing(needs);
  const { plan } = planCommands({ ...needs, asking });
  const { report, more } = createReporting({ ...needs, reports: answerReportStore(database) });
  return {
    turn,
    commands: [
      { words: ['plan', '计划'], help: 'prompts.plan.help', run: plan },
      { words: ['report', '报告'], usage: 'prompts.report.usage', help: 'prompts.report.help', run: report },
    ],
    actions: [
      { name: 'prompts.nothing', run: (call, about) => mark(call, about, 'nothing') },
      { name: 'prompts.skip', run: (call, about) => mark(call, about, 'skipped') },
      { name: 'prompts.done', run: (call, about) => turn(call, about, 'done') },
      { name: 'prompts.moved', run: (call, about) => turn(call, about, 'moved') },
      { name: 'prompts.dropped', run: (call, about) => turn(call, about, 'dropped') },
      { name: 'prompts.reopen', run: (call, about) => turn(call, about, 'planned') },
      { name: 'prompts.report', run: more },
    ],
    openers: [
      { name: 'prompts.answer', run: asking.open },
      { name: 'prompts.ahead', run: asking.openAhead },
      { name: 'prompts.plan', run: plan },
    ],
    forms: [
      handles({
        form: planForm,
        submit,
        change: (call, _, typed, shown) => asking.askAnew(call, typed, shown),
      }),
      handles({
        form: answerForm,
        submit,
        change: (call, _, typed, shown) => asking.askAnew(call, typed, shown),
      }),
    ],
  };
}
