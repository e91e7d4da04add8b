import type { IActionSet, IAdaptiveCard, IExecuteAction, IShowCardAction, ISubmitAction } from '@microsoft/teams.cards';
import { cut } from '../../text/cut.ts';
import type { Button } from '../card.ts';
import { followable, paragraph, runs } from './draw-words.ts';
import { limits, type Surface } from './limits.ts';
import { longestAbout, type Press } from './press.ts';

type Action = NonNullable<IAdaptiveCard['actions']>[number];

/**
 * Rows of buttons. A pointer cannot be cut: a button whose pointer is too long leads nowhere and is left out. `inForm`: a
 * form that one of them opens takes the place of the card.
 */
export function drawButtons(buttons: readonly Button[], surface: Surface, { inForm = false } = {}): IActionSet[] {
  const actions = buttons.flatMap((button) => drawButton(button, surface, inForm) ?? []);
  const sets: IActionSet[] = [];
  for (let start = 0; start < actions.length; start += limits.buttonsPerSet) {
    sets.push({ type: 'ActionSet', actions: actions.slice(start, start + limits.buttonsPerSet) });
  }
  return sets;
}

function drawButton(button: Button, surface: Surface, inForm: boolean): Action | null {
  if ('link' in button) {
    const url = followable(button.link);
    return url === null ? null : { type: 'Action.OpenUrl', url, title: title(button.label), ...tooltip(button.spoken) };
  }
  if ((button.about ?? '').length > longestAbout) return null;
  const about = {
    ...(button.about === undefined ? {} : { about: button.about }),
    ...(surface === 'page' ? { page: true as const } : {}),
  };
  const press: Press =
    'does' in button
      ? { do: 'does', name: button.does, ...about }
      : { do: 'opens', name: button.opens, ...about, ...(inForm ? { inForm } : {}) };
  const style = styles[button.look ?? 'plain'];
  if (button.confirm === undefined) return send(press, surface, button.label, { style, ...tooltip(button.spoken) });
  return asking(button, button.confirm, send(press, surface, button.confirm.yes, { style }));
}

/** The question opens below the button, and closes by pressing it again: that is the way to say no. */
function asking(
  { label, look, spoken }: Button,
  { title: question, words }: { title: string; words: string },
  yes: Action,
): IShowCardAction {
  const body = [
    paragraph(runs({ strong: question }), limits.heading),
    ...(words.trim() === '' ? [] : [paragraph(runs(words), 300, { spacing: 'Small' })]),
  ];
  return {
    type: 'Action.ShowCard',
    title: title(label),
    ...(look === 'primary' ? { style: 'positive' } : {}),
    ...tooltip(spoken),
    card: { type: 'AdaptiveCard', body, actions: [yes] },
  };
}

/** What Teams calls the looks. */
const styles = { plain: 'default', primary: 'positive', danger: 'destructive' } as const;

/**
 * A button that sends a press. Only what needs a form's answers sends them: a client does not send while a required
 * input is empty, and cancelling must always be possible.
 */
export function send(
  press: Press,
  surface: Surface,
  label: string,
  { style = 'default', tooltip: hover, data = {} }: Pick<IExecuteAction, 'style' | 'tooltip'> & { data?: object } = {},
): IExecuteAction | ISubmitAction {
  const button = {
    title: title(label),
    data: { ...data, kam: press },
    ...(press.do === 'save' || press.do === 'change' ? {} : { associatedInputs: 'none' as const }),
    ...(style === 'default' ? {} : { style }),
    ...(hover === undefined ? {} : { tooltip: hover }),
  };
  if (surface === 'dialog') return { type: 'Action.Submit', ...button };
  return { type: 'Action.Execute', verb: 'name' in press ? press.name : `${press.form}.${press.do}`, ...button };
}

const title = (label: string) => (label.trim() === '' ? '–' : cut(label, limits.buttonTitle));

/** Read by screen readers instead of the title, and shown when the pointer rests on the button (Action, tooltip). */
const tooltip = (spoken: string | undefined) =>
  spoken === undefined || spoken.trim() === '' ? {} : { tooltip: cut(spoken, limits.tooltip) };
