import { createHash } from 'node:crypto';
import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { Desk, ImportKindName, Outcome } from './import-kind.ts';
import { refused, UNCHANGED } from './import-kind.ts';

/** Something that is put into the books once: under which key, and a print of what is booked. */
export type BookedLine = {
  readonly key: string;
  readonly fingerprint: string;
  readonly target: string;
};

/** A print of what a line books, so that the same is told from other. */
export const fingerprintOf = (of: Readonly<Record<string, string | undefined>>): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(of))))
    .digest('hex');

/**
 * What was booked before under these keys: nothing more happens to it. The same again is unchanged;
 * other values are refused, as what is posted is taken back and not changed.
 */
export async function bookedBefore(
  tx: Handle,
  { context }: Pick<Desk, 'context'>,
  kind: ImportKindName,
  lines: readonly Omit<BookedLine, 'target'>[],
): Promise<ReadonlyMap<string, Outcome>> {
  const found = await rows<{ key: string; fingerprint: string; import: string }>(
    tx,
    sql`select key, fingerprint, import from erp_imports.booked_line
      where legal_entity = ${context.legalEntity} and kind = ${kind}
        and key = any(${lines.map(({ key }) => key)})`,
  );
  const prints = new Map(lines.map(({ key, fingerprint }) => [key, fingerprint]));
  return new Map(
    found.map(({ key, fingerprint, import: id }) => [
      key,
      prints.get(key) === fingerprint
        ? UNCHANGED
        : refused('imports.other-values', `import ${id} has booked it with other values`),
    ]),
  );
}

/** Keeps what this import has booked. */
export async function noteBooked(
  { tx, context, id }: Desk,
  kind: ImportKindName,
  lines: readonly BookedLine[],
): Promise<void> {
  await insertRows(
    tx,
    'erp_imports.booked_line',
    {
      legal_entity: 'text',
      kind: 'text',
      key: 'text',
      fingerprint: 'text',
      import: 'text',
      target: 'text',
    },
    lines.map((line) => ({ ...line, legal_entity: context.legalEntity, kind, import: id })),
  );
}
