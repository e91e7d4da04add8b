/** Field name -> [before, after], for those fields that differ. */
export function differenceOf(
  before: Readonly<Record<string, unknown>> | object,
  after: object,
): Record<string, [unknown, unknown]> {
  const was = new Map(Object.entries(before));
  const plainly = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? null));
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== undefined && plainly(value) !== plainly(was.get(field)))
      .map(([field, value]) => [field, [was.get(field) ?? null, value]]),
  );
}
