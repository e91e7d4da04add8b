import { z } from 'zod';
import { adaptiveCard, type Json } from './activities.ts';
import { asRead, type Choice } from './card-inputs.ts';
import { isJson } from './card-view.ts';

/** What a client shows when the bot has answered an invoke. */
export type Shown =
  | { shows: 'nothing' }
  | { shows: 'card'; card: Json; title: string }
  | { shows: 'words'; words: string }
  | { shows: 'error'; words?: string };

const json = z.custom<Json>(isJson);
const cardAttachment = z.object({ contentType: z.literal(adaptiveCard), content: json });
const actionResponse = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() });
const taskResponse = z.object({
  task: z
    .discriminatedUnion('type', [
      z.object({
        type: z.literal('continue'),
        value: z.object({ title: z.string().default(''), card: cardAttachment }),
      }),
      z.object({ type: z.literal('message'), value: z.string() }),
    ])
    .optional(),
  composeExtension: z.looseObject({ type: z.string(), text: z.string().optional() }).optional(),
});
const searchResponse = z.object({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.search.searchResponse'),
  value: z.object({ results: z.array(z.object({ title: z.string(), value: z.string() })) }),
});
const preview = z.object({
  content: z.looseObject({ title: z.string().optional(), text: z.string().optional() }).optional(),
});
const extensionResponse = z.object({
  composeExtension: z.object({
    type: z.literal('result'),
    attachments: z.array(cardAttachment.extend({ preview: preview.optional() })),
  }),
});

/** The answer to an Action.Execute (Universal Actions, response formats). */
export function cardAnswer(body: unknown): Shown {
  if (body === undefined || body === '') return { shows: 'nothing' };
  const read = actionResponse.safeParse(body);
  if (!read.success) return { shows: 'error' };
  const { statusCode, type, value } = read.data;
  if (statusCode === 200 && type === adaptiveCard && isJson(value)) return { shows: 'card', card: value, title: '' };
  if (statusCode === 200 && type === 'application/vnd.microsoft.activity.message' && typeof value === 'string')
    return { shows: 'words', words: value };
  return isJson(value) && typeof value.message === 'string'
    ? { shows: 'error', words: value.message }
    : { shows: 'error' };
}

/** The answer to opening or submitting a dialog. Nothing, or an inserted card, closes it. */
export function taskAnswer(body: unknown): Shown {
  if (body === undefined || body === '') return { shows: 'nothing' };
  const read = taskResponse.safeParse(body);
  if (!read.success) return { shows: 'error' };
  const { task, composeExtension } = read.data;
  if (task?.type === 'continue') return { shows: 'card', card: task.value.card.content, title: task.value.title };
  if (task?.type === 'message') return { shows: 'words', words: task.value };
  return composeExtension?.text === undefined ? { shows: 'nothing' } : { shows: 'words', words: composeExtension.text };
}

/** What was found while typing into a choice; nothing when the bot does not look things up. */
export function searchAnswer(body: unknown): Choice[] {
  const read = searchResponse.safeParse(body);
  if (!read.success) return [];
  return read.data.value.results.map(({ title, value }) => ({ title: asRead(title), value }));
}

/** What the extension's search has found: what is read in the list, and the card that choosing one inserts. */
export function extensionResults(body: unknown): { title: string; text: string; card: Json }[] {
  const read = extensionResponse.safeParse(body);
  if (!read.success) return [];
  return read.data.composeExtension.attachments.map(({ content, preview: shown }) => ({
    title: shown?.content?.title ?? '',
    text: shown?.content?.text ?? '',
    card: content,
  }));
}
