import { accounts } from './accounts.ts';
import { actions } from './actions.ts';
import { chat } from './chat.ts';
import { home } from './home.ts';
import { people } from './people.ts';
import { visits } from './visits.ts';

export const en = { ...chat, ...people, ...accounts, ...actions, ...visits, ...home };
