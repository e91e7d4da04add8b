/** Slack's mrkdwn read into a tree. Nothing here touches the document: a name with a tag in it stays text. */
import { emoji } from './emoji.ts';

/** A piece of formatted text. */
export type Words =
  | { is: 'text' | 'code' | 'pre'; text: string }
  | { is: 'bold' | 'italic' | 'strike' | 'quote'; inside: Words[] }
  | { is: 'link'; url: string; label: string }
  | { is: 'person' | 'channel'; id: string; label: string }
  | { is: 'broadcast'; who: string }
  | { is: 'date'; unix: number; format: string; fallback: string; url?: string };

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const WORD = /[\p{L}\p{N}]/u;

/** `&amp;`, `&lt;` and `&gt;` as the characters they stand for; Slack knows no other entities. */
export const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '');

/** Plain text as shown: entities and emoji short codes replaced. */
export const plain = (text: string): string =>
  unescaped(text).replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emoji(name) ?? whole);

/** Only addresses a person may be sent to; `javascript:` and its like are shown as text. */
export const safeUrl = (url: string): string | undefined =>
  /^(https?|mailto|tel|slack):/i.test(url) ? url : undefined;

/** A whole mrkdwn text. */
export function parse(text: string): Words[] {
  return text.split(/```([\s\S]+?)```/).flatMap((part, at): Words[] => {
    if (at % 2 === 1) return [{ is: 'pre', text: withoutTokens(part.replace(/^\n/, '')) }];
    return lines(at > 0 ? part.replace(/^\n/, '') : part);
  });
}

function lines(text: string): Words[] {
  const [above = '', ...below] = text.split(/^(?:>|&gt;){3}/m);
  const words: Words[] = [];
  let plainLines: string[] = [];
  let quoted: string[] = [];
  const flush = () => {
    if (quoted.length > 0) words.push({ is: 'quote', inside: inline(quoted.join('\n')) });
    else if (plainLines.length > 0) words.push(...inline(plainLines.join('\n')));
    plainLines = [];
    quoted = [];
  };
  for (const line of above.split('\n')) {
    const quote = line.match(/^(?:>|&gt;) ?(.*)$/);
    if ((quote && plainLines.length > 0) || (!quote && quoted.length > 0)) flush();
    if (quote) quoted.push(quote[1] ?? '');
    else plainLines.push(line);
  }
  flush();
  if (below.length > 0) words.push({ is: 'quote', inside: inline(below.join('>>>').trim()) });
  return words.filter((word) => word.is !== 'text' || word.text !== '');
}

function inline(text: string): Words[] {
  const words: Words[] = [];
  let run = '';
  let at = 0;
  const put = (word: Words, length: number) => {
    if (run) words.push({ is: 'text', text: plain(run) });
    run = '';
    words.push(word);
    at += length;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const sign = text[at] ?? '';
    const token = sign === '<' ? rest.match(/^<([^<>\n]+)>/) : null;
    const code = sign === '`' ? rest.match(/^`([^`\n]+)`/) : null;
    const address = sign === 'h' && !WORD.test(text[at - 1] ?? '') ? rest.match(/^https?:\/\/[^\s<>|*~]+[\w/]/) : null;
    const styled = sign in STYLES ? closed(text, at) : undefined;
    if (token?.[1]) put(tokenOf(token[1]), token[0].length);
    else if (code?.[1]) put({ is: 'code', text: withoutTokens(code[1]) }, code[0].length);
    else if (address) put({ is: 'link', url: unescaped(address[0]), label: unescaped(address[0]) }, address[0].length);
    else if (styled !== undefined)
      put({ is: STYLES[sign as keyof typeof STYLES], inside: inline(styled) }, styled.length + 2);
    else {
      run += sign;
      at += 1;
    }
  }
  if (run) words.push({ is: 'text', text: plain(run) });
  return words;
}

/** The text between the sign at `at` and its partner, when both stand where Slack takes them for formatting. */
function closed(text: string, at: number): string | undefined {
  const sign = text[at] ?? '';
  const before = text[at - 1] ?? '';
  const after = text[at + 1] ?? ' ';
  if (WORD.test(before) || before === sign || after === sign || /\s/.test(after)) return undefined;
  for (let end = at + 2; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '<') end = Math.max(end, text.indexOf('>', end));
    if (text[end] !== sign) continue;
    if (!/\s/.test(text[end - 1] ?? '') && !WORD.test(text[end + 1] ?? '') && text[end + 1] !== sign)
      return text.slice(at + 1, end);
  }
  return undefined;
}

function tokenOf(token: string): Words {
  const cut = token.indexOf('|');
  const name = cut < 0 ? token : token.slice(0, cut);
  const label = cut < 0 ? '' : unescaped(token.slice(cut + 1));
  if (/^@[UW]/.test(name)) return { is: 'person', id: name.slice(1), label };
  if (name.startsWith('#')) return { is: 'channel', id: name.slice(1), label };
  if (name.startsWith('!date^')) {
    const [, unix = '', format = '', url] = name.split('^');
    return { is: 'date', unix: Number(unix), format, fallback: label, ...(url ? { url: unescaped(url) } : {}) };
  }
  if (name.startsWith('!subteam^')) return { is: 'broadcast', who: label.replace(/^@/, '') || name.slice(9) };
  if (name.startsWith('!')) return { is: 'broadcast', who: name.slice(1) };
  const url = unescaped(name);
  return { is: 'link', url, label: label || url.replace(/^(mailto|tel):/, '') };
}

/** Inside code, Slack shows the label of a link or mention and no formatting. */
const withoutTokens = (text: string): string =>
  unescaped(text.replace(/<([^<>\n|]+)(?:\|([^<>\n]+))?>/g, (_, name: string, label?: string) => label ?? name));
