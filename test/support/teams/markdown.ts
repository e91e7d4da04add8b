/**
 * The mark-up that clients read in a TextBlock and in the titles of expanded choices: the documented subset (bold,
 * italic, lists, links) and what the parsers under them read besides (escapes, entities, code, addresses). It errs on the
 * side of reading too much. Runs in the page, so it uses nothing from outside.
 */
export function markdownToHtml(text: string): string {
  const safe = (plain: string) =>
    plain
      .replace(/&(?!#?\w+;)/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;');
  const inline = (line: string): string => {
    const held: string[] = [];
    const hold = (html: string) => `\uE000${held.push(html) - 1}\uE001`;
    const marked = line
      .replace(/[\uE000\uE001]/g, '')
      .replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => hold(safe(character)))
      .replace(/(`+)(.+?)\1/g, (_, __, code: string) => hold(`<code>${safe(code)}</code>`))
      .replace(/<([a-z][a-z0-9+.-]*:[^\s<>]*)>/gi, (_, address: string) => hold(`<a href="#">${safe(address)}</a>`))
      .replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string) => hold(`<a href="#">${safe(label)}</a>`))
      .replace(/(https?:\/\/|www\.)[^\s<]+/gi, (address) => hold(`<a href="#">${safe(address)}</a>`));
    return safe(marked)
      .replace(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '<strong>$2</strong>')
      .replace(/([*_])(?=\S)([\s\S]*?\S)\1/g, '<em>$2</em>')
      .replace(/~~(?=\S)([\s\S]*?\S)~~/g, '<del>$1</del>')
      .replace(/\uE000(\d+)\uE001/g, (_, index: string) => held[Number(index)] ?? '');
  };
  const blocks = text.split(/\r\n|\r|\n/).map((line) => {
    const list = /^ {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]+(.*)$/.exec(line);
    if (list) return `<ul><li>${inline(list[1] ?? '')}</li></ul>`;
    const heading = /^ {0,3}#{1,6}[ \t]+(.*)$/.exec(line);
    if (heading) return `<h1>${inline(heading[1] ?? '')}</h1>`;
    const quote = /^ {0,3}>(.*)$/.exec(line);
    return quote ? `<blockquote>${inline(quote[1] ?? '')}</blockquote>` : inline(line);
  });
  return `<div>${blocks.join('\n')}</div>`;
}
