import { isObject, type Json, objects, text } from '../json.ts';
import type { StoredFile, Workspace } from '../workspace.ts';
import type { Problem } from './problems.ts';

/** What a picture in a block may be (docs.slack.dev, slack-file-object). */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif']);

/**
 * What Slack would refuse about the files that blocks show: one of its own, by id or by address and not by both, a
 * picture, the app's to see, and one that Slack has looked at. A file that was uploaded a moment ago is refused like one
 * that is not there (github.com/slackapi/java-slack-sdk, issue 1349).
 */
export function checkSlackFiles(blocks: unknown, workspace: Workspace, base: string): Problem[] {
  return objects(blocks).flatMap((block, index) => {
    const at = `${base}/${index}`;
    return [
      ...checkOne(block, workspace, at),
      ...(isObject(block.accessory) ? checkOne(block.accessory, workspace, `${at}/accessory`) : []),
      ...(block.type === 'context'
        ? objects(block.elements).flatMap((element, place) => checkOne(element, workspace, `${at}/elements/${place}`))
        : []),
    ];
  });
}

function checkOne(part: Json, workspace: Workspace, at: string): Problem[] {
  if (part.type !== 'image' || !isObject(part.slack_file)) return [];
  const { id, url } = part.slack_file;
  if (id !== undefined && !/^F[A-Z0-9]{8,}$/.test(text(id))) {
    return [{ reason: 'input must match regex pattern: ^[F][A-Z0-9]{8,}$', pointer: `${at}/slack_file/id` }];
  }
  const file = id === undefined ? byAddress(text(url), workspace) : workspace.files.get(text(id));
  const isFine =
    (id === undefined) !== (url === undefined) &&
    file !== undefined &&
    workspace.isReady(file) &&
    file.owner === workspace.app.botUserId &&
    shown.has(file.mimetype);
  return isFine ? [] : [{ reason: 'invalid slack file', pointer: `${at}/slack_file` }];
}

function byAddress(url: string, workspace: Workspace): StoredFile | undefined {
  const [, id = ''] = /\/files-pri\/[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(url) ?? [];
  return workspace.files.get(id);
}
