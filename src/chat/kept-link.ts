/** A link that may be kept: http or https, at most 500 characters; else null. */
export function keptLink(link: string | null | undefined): string | null {
  if (!link || link.length > 500 || !URL.canParse(link)) return null;
  return ['http:', 'https:'].includes(new URL(link).protocol) ? link : null;
}
