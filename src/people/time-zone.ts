const known = new Map<string, boolean>();

/** Whether this is a time zone that times can be computed in. */
export function isTimeZone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    valid = false;
  }
  // What platforms send is a short list; whatever else arrives shall not fill the memory.
  if (known.size < 2000) known.set(name, valid);
  return valid;
}

/** The first that is a time zone, else UTC. */
export const validTimeZone = (...names: readonly string[]): string => names.find(isTimeZone) ?? 'UTC';
