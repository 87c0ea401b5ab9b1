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

/** A line of an import that stands in the books. */
export type StandingLine = {
  readonly line: number;
  readonly key: string;
  readonly target: string; // The document that was made.
};

/** A print of what a line books, so that the same is told from other. */
export const fingerprintOf = (of: Readonly<Record<string, string | undefined>>): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(of))))
    .digest('hex');

/**
 * What was booked before under these keys and not taken back: nothing more happens to it. The same
 * again is unchanged; other values are refused, as what is posted is taken back and not changed.
 */
export async function bookedBefore(
  tx: Handle,
  { context }: Pick<Desk, 'context'>,
  kind: ImportKindName,
  lines: readonly Omit<BookedLine, 'target'>[],
): Promise<ReadonlyMap<string, Outcome>> {
  const found = await rows<{ key: string; fingerprint: string; import: string }>(
    tx,
    sql`select b.key, b.fingerprint, b.import from erp_imports.booked_line b
      where b.legal_entity = ${context.legalEntity} and b.kind = ${kind}
        and b.key = any(${lines.map(({ key }) => key)})
        and not exists (select from erp_imports.taken_back t where t.import = b.import)`,
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

/** Keeps what this import has booked; what was booked and taken back before is another round of it. */
export async function noteBooked(
  { tx, context, id }: Desk,
  kind: ImportKindName,
  lines: readonly BookedLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const { legalEntity } = context;
  const before = await rows<{ key: string; round: number }>(
    tx,
    sql`select key, max(round) as round from erp_imports.booked_line
      where legal_entity = ${legalEntity} and kind = ${kind}
        and key = any(${lines.map(({ key }) => key)}) group by key`,
  );
  const rounds = new Map(before.map(({ key, round }) => [key, round]));
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
      round: 'integer',
    },
    lines.map((line) => ({
      ...line,
      legal_entity: legalEntity,
      kind,
      import: id,
      round: (rounds.get(line.key) ?? 0) + 1,
    })),
  );
}

/** What an import has booked, in the order of its file. Some went to the same document. */
export async function linesBookedBy(handle: Handle, id: string): Promise<readonly StandingLine[]> {
  const booked = await rows<{ key: string; target: string }>(
    handle,
    sql`select key, target from erp_imports.booked_line where import = ${id}`,
  );
  const lines = await rows<{ key: string; line: number }>(
    handle,
    sql`select key, line from erp_imports.line where import = ${id} and outcome = 'created'`,
  );
  // Put together here: what PostgreSQL does not know the number of yet, it joins row by row.
  const lineOf = new Map(lines.map(({ key, line }) => [key, line]));
  return booked
    .map((one) => ({ ...one, line: lineOf.get(one.key) ?? 0 }))
    .toSorted((a, b) => a.line - b.line);
}
