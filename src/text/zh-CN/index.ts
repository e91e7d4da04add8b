import { accounts } from './accounts.ts';
import { actions } from './actions.ts';
import { calendar } from './calendar.ts';
import { chat } from './chat.ts';
import { decisions } from './decisions.ts';
import { digestPosting } from './digest-posting.ts';
import { evaluations } from './evaluations.ts';
import { feedback } from './feedback.ts';
import { home } from './home.ts';
import { improvements } from './improvements.ts';
import { listening } from './listening.ts';
import { meetings } from './meetings.ts';
import { people } from './people.ts';
import { prompts } from './prompts.ts';
import { reminding } from './reminding.ts';
import { summaries } from './summaries.ts';
import { surveys } from './surveys.ts';
import { visits } from './visits.ts';
import { web } from './web.ts';

export const zhCN = {
  ...chat,
  ...people,
  ...accounts,
  ...actions,
  ...visits,
  ...home,
  ...calendar,
  ...meetings,
  ...prompts,
  ...reminding,
  ...summaries,
  ...decisions,
  ...feedback,
  ...digestPosting,
  ...improvements,
  ...evaluations,
  ...surveys,
  ...listening,
  ...web,
};
