/**
 * The same value with only text that can be stored: PostgreSQL takes neither U+0000 nor half of a surrogate pair, which
 * keyboards do not make but requests may hold. Strings inside of lists and objects too.
 */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed();
  if (Array.isArray(value)) return value.map((one) => storable(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)]));
}
