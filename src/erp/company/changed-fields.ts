/** Each field that differs, with what it was and what it is. */
export type ChangedFields = Readonly<Record<string, readonly [unknown, unknown]>>;

/** What of the named fields a change has made different. Pure. */
export function changedFields<T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T & string)[],
): ChangedFields {
  const differing = fields.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(
    differing.map((field) => [field, [before[field] ?? null, after[field] ?? null]]),
  );
}
