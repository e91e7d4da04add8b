import type { Json, PressedAction } from './activities.ts';
import { dataFor, inputsFor, problemWith } from './card-inputs.ts';
import { type CardAction, isJson } from './card-view.ts';
import type { Client, Dialog, Done, SeenCard } from './client.ts';
import { cardAnswer, type Shown, taskAnswer } from './client-answers.ts';
import { viewKey } from './connector.ts';

const quiet: Done = { sent: false, said: [] };

/** What the client does when a button is pressed. */
export async function press(client: Client, seen: SeenCard, button: CardAction): Promise<Done> {
  const { action } = button;
  switch (action.type) {
    case 'Action.ToggleVisibility':
      toggle(seen, action);
      return quiet;
    case 'Action.ShowCard':
      if (!isJson(action.card)) throw new Error(`the button "${button.title}" shows nothing`);
      // Pressing it again closes it, which is how a person says no.
      client.asking = seen.handling.open.delete(action) ? null : { seen, card: action.card };
      if (client.asking) seen.handling.open.add(action);
      return quiet;
    case 'Action.OpenUrl':
      return { sent: false, said: [String(action.url)] };
    case 'Action.Execute':
    case 'Action.Submit':
      break;
    default:
      throw new Error(`a client does not know ${String(action.type)}`);
  }
  const { handling, view } = seen;
  const inputs = inputsFor(button, view.inputs);
  handling.problems = inputs.flatMap((input) => problemWith(input, handling.typed) ?? []);
  if (handling.problems.length > 0) return { sent: false, said: handling.problems };
  const data = dataFor(button, inputs, handling.typed);
  return seen.message === undefined
    ? pressInDialog(client, action, data)
    : pressInMessage(client, { ...seen, message: seen.message }, action, data);
}

/** Shows what a button unfolds, and hides what it folds. */
function toggle({ card, handling }: SeenCard, action: Json): void {
  const targets = Array.isArray(action.targetElements) ? action.targetElements : [];
  for (const target of targets) {
    const id = String(isJson(target) ? target.elementId : target);
    const now = handling.toggled.get(id) ?? !startsHidden(card, id);
    handling.toggled.set(id, isJson(target) && typeof target.isVisible === 'boolean' ? target.isVisible : !now);
  }
}

function startsHidden(node: unknown, id: string): boolean {
  if (Array.isArray(node)) return node.some((each) => startsHidden(each, id));
  if (!isJson(node)) return false;
  if (node.id === id && node.isVisible === false) return true;
  return Object.values(node).some((each) => startsHidden(each, id));
}

async function pressInMessage(
  client: Client,
  { where, message }: SeenCard & { message: string },
  action: Json,
  data: unknown,
): Promise<Done> {
  const { person, teams } = client;
  if (action.type === 'Action.Execute') {
    const { id, verb, title } = action;
    const pressed = { type: action.type, id, verb, title, data } as PressedAction;
    const done = await client.deliver(teams.activities.executed(person, where, message, pressed));
    if (done.said.length > 0) return done;
    return shown(client, done, cardAnswer(done.delivery?.body), (card) =>
      teams.views.set(viewKey(person, where.in, message), card),
    );
  }
  if (isJson(data) && isJson(data.msteams) && data.msteams.type === 'task/fetch') {
    const opened = teams.activities.dialogOpened(person, where, data, message);
    return afterTask(client, await client.deliver(opened), { where });
  }
  return client.deliver(teams.activities.submitted(person, where, teams.nextId(), message, data));
}

async function pressInDialog(client: Client, action: Json, data: unknown): Promise<Done> {
  const { person, teams, dialog } = client;
  if (!dialog) throw new Error(`${person.name} has no dialog open`);
  if (action.type !== 'Action.Submit') throw new Error('dialogs know no button but Action.Submit');
  const { where, extension } = dialog;
  const submitted = extension
    ? teams.activities.extensionSubmitted(person, where, extension, data)
    : teams.activities.dialogSubmitted(person, where, data);
  return afterTask(client, await client.deliver(submitted), { where, ...(extension && { extension }) });
}

/** What the client makes of the answer to something in or about a dialog. */
export function afterTask(client: Client, done: Done, next: Omit<Dialog, 'title' | 'card'>): Done {
  if (done.said.length > 0) return done;
  const answer = taskAnswer(done.delivery?.body);
  if (answer.shows !== 'error') client.dialog = null;
  return shown(client, done, answer, (card, title) => {
    client.dialog = { ...next, card, title };
  });
}

function shown(client: Client, done: Done, answer: Shown, showCard: (card: Json, title: string) => void): Done {
  switch (answer.shows) {
    case 'nothing':
      return done;
    case 'error':
      return { ...done, said: [client.wentWrong(answer.words)] };
    case 'card':
      showCard(answer.card, answer.title);
      return done;
    case 'words':
      client.toasts.push({ at: client.teams.nextId(), words: answer.words });
      return { ...done, said: [answer.words] };
  }
}
