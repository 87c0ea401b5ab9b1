import type { Money, Source } from '#api-contract';
import type { StoredRecord } from '#records';

/** An object without the fields that are undefined: absent is absent in JSON. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what undefined is left out.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}

type Present<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** What every row carries. */
export const storedOf = ({ id, integration, version, changedAt }: StoredRecord) => ({
  id,
  integration,
  version,
  changedAt,
});

/** Where a record comes from, as its page shows it. */
export const provenanceOf = (record: StoredRecord) => ({
  source: sourceOf(record.source),
  seenAt: record.seenAt,
});

export const sourceOf = (source: StoredRecord['source']): Source =>
  present({
    integration: source.integration,
    key: source.key,
    file: source.file,
    line: source.line,
    mappingVersion: source.mappingVersion,
    runId: source.runId,
  });

export const money = (amount: string, currency: string): Money => ({ amount, currency });
