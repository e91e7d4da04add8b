import { z } from 'zod';
import { type Json, text } from './json.ts';
import { answering, answerOf, type StateValues } from './view-state.ts';

function wrongText(element: Json, answer: string): string | undefined {
  const longest = Number(element.max_length ?? 3000);
  const shortest = Number(element.min_length ?? 0);
  if (answer.length > longest) return `Your response must be no more than ${longest} characters.`;
  if (answer.length < shortest) return `Your response must be at least ${shortest} characters.`;
  return undefined;
}

function wrongNumber(element: Json, answer: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(answer)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && answer.includes('.')) return 'Please enter a whole number.';
  if (element.min_value !== undefined && Number(answer) < Number(element.min_value)) {
    return `Please enter a number of at least ${text(element.min_value)}.`;
  }
  if (element.max_value !== undefined && Number(answer) > Number(element.max_value)) {
    return `Please enter a number of no more than ${text(element.max_value)}.`;
  }
  return undefined;
}

function wrongList(element: Json, answer: unknown[]): string | undefined {
  const most = Number(element.type === 'file_input' ? (element.max_files ?? 10) : element.max_selected_items);
  return answer.length > most ? `Please choose no more than ${most}.` : undefined;
}

function wrongAnswer(element: Json, answer: unknown): string | undefined {
  if (Array.isArray(answer)) return wrongList(element, answer);
  if (typeof answer !== 'string') return undefined;
  switch (element.type) {
    case 'plain_text_input':
      return wrongText(element, answer);
    case 'number_input':
      return wrongNumber(element, answer);
    case 'email_text_input':
      return z.email().safeParse(answer).success ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return z.url().safeParse(answer).success ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

/** What Slack's client says under the inputs, by block id, before it sends a modal; nothing is sent unless empty. */
export function checkInputs(blocks: unknown, state: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element, blockId, actionId } of answering(blocks)) {
    if (block.type !== 'input') continue;
    const answer = answerOf(element, state[blockId]?.[actionId]);
    const wrong =
      answer === null
        ? block.optional !== true && 'Please complete this required field.'
        : wrongAnswer(element, answer);
    if (wrong) errors[blockId] = wrong;
  }
  return errors;
}
