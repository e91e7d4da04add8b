import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import type { Asked, Option, Problems } from '../form.ts';
import type { Origin } from './form-state.ts';
import type { Surface } from './limits.ts';

/** What is known of the form besides its questions. The text's locale is carried by the buttons. */
export interface FormDrawing {
  surface: Surface;
  /** `aadObjectId` of the only person who may press its buttons. */
  owner: string;
  origin: Origin;
  /** A sentence for each field that needs another answer. */
  problems?: Problems;
  /** Said above everything else: what needs another look and belongs to no field that is drawn. */
  notice?: string;
  /** What person fields offer where nothing can be found while typing; values are person ids. */
  colleagues: readonly Option[];
  /** What channel fields offer; values are the platform's ids. */
  channels: readonly Option[];
  /** By look-up source: what look-ups offer where nothing can be found while typing. */
  choices: Readonly<Record<string, readonly Option[]>>;
  /** The file that was handed over in answer to a file field. */
  file?: { name: string; pointer: string };
}

/** A form as an Adaptive Card, within Teams' limits. */
export function drawForm(asked: Asked, text: Text, drawing: FormDrawing): IAdaptiveCard {
  void drawing;
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: text.plain(asked.form.title), style: 'heading' }],
  };
}
