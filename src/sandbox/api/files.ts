import { z } from 'zod';
import { objects, text } from '../json.ts';
import { fileObject } from '../payloads.ts';
import { SlackError } from '../slack-error.ts';
import { newId } from '../timestamps.ts';
import { findConversation, json, type Method, method, tier } from './method.ts';

const kinds: Record<string, string> = {
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  ics: 'text/calendar',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The media type by the file's ending. */
export function mediaType(name: string): string {
  return kinds[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

const getUploadUrl = method(
  { scopes: ['files:write'], perMinute: tier.four },
  z.object({
    filename: z.string().min(1),
    length: z.coerce.number().int().min(1),
    alt_txt: z.string().optional(),
  }),
  (args, { workspace }) => {
    const { filename: name, length, alt_txt: altText } = args;
    if ((altText?.length ?? 0) > 1000) throw new SlackError('alt_txt_too_large');
    const id = newId('F');
    workspace.uploads.set(id, { name, length, ...(altText === undefined ? {} : { altText }) });
    return { upload_url: `${workspace.origin}/upload/v1/${id}`, file_id: id };
  },
);

const completeUpload = method(
  { scopes: ['files:write'], perMinute: tier.four },
  z.object({
    files: json,
    channel_id: z.string().optional(),
    thread_ts: z.string().optional(),
    initial_comment: z.string().optional(),
  }),
  (args, context) => {
    const { workspace, posting } = context;
    const files = objects(args.files).map(({ id, title }) => {
      const file = workspace.files.get(text(id));
      if (!file || file.owner !== workspace.app.botUserId) throw new SlackError('file_not_found');
      file.title = text(title) || file.name;
      file.readyAt ??= workspace.clock.now().epochMilliseconds + workspace.fileProcessing;
      return file;
    });
    if (args.channel_id) {
      const conversation = findConversation(args.channel_id, context);
      if (!conversation.members.has(workspace.app.botUserId)) throw new SlackError('not_in_channel');
      posting.post(conversation, {
        user: workspace.app.botUserId,
        text: args.initial_comment ?? '',
        blocks: [],
        attachments: [],
        pings: [],
        files: files.map((file) => file.id),
        threadTs: args.thread_ts,
      });
    }
    return { files: files.map((file) => fileObject(workspace, file)) };
  },
);

const info = method(
  { scopes: ['files:read'], perMinute: tier.four },
  z.object({ file: z.string().min(1) }),
  (args, { workspace }) => {
    const file = workspace.files.get(args.file);
    if (file?.readyAt === undefined) throw new SlackError('file_not_found');
    return { file: fileObject(workspace, file) };
  },
);

/** `files.*` */
export const files: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
};
