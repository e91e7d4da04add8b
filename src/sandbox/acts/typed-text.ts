import type { Workspace } from '../workspace.ts';

/** Text with `&`, `<` and `>` as Slack sends them. */
export function escapeMarkup(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What a person typed, as Slack sends it: control characters escaped, `@handle` and `#channel` as links. Commands get
 * the names along (`<@U1|ada>`), messages do not and know `@here`, `@channel` and `@everyone` too.
 */
export function linkNames(typed: string, workspace: Workspace, kind: 'command' | 'message'): string {
  const people = [...workspace.people.values()];
  const channels = [...workspace.conversations.values()].filter((each) => each.kind !== 'direct');
  const label = (name: string) => (kind === 'command' ? `|${name}` : '');
  return escapeMarkup(typed).replace(
    /(?<![\p{L}\p{N}])([@#])([\p{L}\p{N}._-]+)/gu,
    (whole, sign: string, name: string) => {
      if (sign === '#') {
        const channel = channels.find((each) => each.name === name);
        return channel ? `<#${channel.id}${label(name)}>` : whole;
      }
      if (kind === 'message' && ['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`;
      const person = people.find((each) => each.name === name);
      return person ? `<@${person.id}${label(name)}>` : whole;
    },
  );
}
