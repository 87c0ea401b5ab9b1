import { reverseDocuments } from '#erp/inventory';
import { takenInBy } from '#erp/inventory/opening';
import type { TakenIn } from '#erp/inventory/opening';
import { entryText } from '#erp/ledger';
import { addDecimals, compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import { linesBookedBy } from '../booked-lines.ts';
import type { StandingLine } from '../booked-lines.ts';
import { returned } from '../taking-back.ts';
import type { HeldLine, Returner, ReversedDocument } from '../taking-back.ts';

const ZERO = decimal('0');

/**
 * Takes opening stock back: its documents are reversed, at what they were worth. Held is what was taken
 * out of, promised or valued anew since; what was reversed by hand has gone back already.
 */
export const returnStock: Returner = async ({ tx, context, of, on }) => {
  const lines = await linesBookedBy(tx, of.id);
  const targets = [...new Set(lines.map(({ target }) => target))];
  const standing = (await takenInBy(tx, targets)).filter(({ isReversed }) => !isReversed);
  const held = heldOf(lines, standing);
  if (held.length > 0) return returned(lines.length - held.length, { held });
  const byDocument = Map.groupBy(standing, ({ document }) => document);
  const documents: ReversedDocument[] = [];
  const reversed = await reverseDocuments(
    tx,
    context,
    [...byDocument.keys()].map((id) => ({
      id,
      postedOn: on,
      text: entryText('opening-stock-taken-back', {}),
    })),
  );
  for (const [at, [, own]] of [...byDocument].entries()) {
    const result = reversed[at];
    if (result?.ok !== true) {
      return returned(lines.length, result === undefined ? {} : { problem: result.problem });
    }
    const { number, moved } = result.value;
    if (!isMirrored(own, moved)) {
      const message = `what ${own[0]?.number ?? ''} brought cannot leave at what it came at`;
      return returned(lines.length, { problem: { code: 'imports.stock-moved', message } });
    }
    documents.push({ kind: 'stock-document', number: own[0]?.number ?? '', reversedBy: number });
  }
  // Once more: until its position was locked by the reversal, others could move it.
  const after = await takenInBy(tx, [...byDocument.keys()]);
  const late = heldOf(lines, after);
  return returned(lines.length - late.length, { held: late, documents });
};

/** Whether all leaves at what it came at, so that the ledger is as it was. */
function isMirrored(
  came: readonly Pick<TakenIn, 'value' | 'variance'>[],
  left: readonly Pick<TakenIn, 'value' | 'variance'>[],
): boolean {
  const isSame = (of: (one: Pick<TakenIn, 'value' | 'variance'>) => TakenIn['value']): boolean =>
    compareDecimals(sumDecimals(came.map(of)), negateDecimal(sumDecimals(left.map(of)))) === 0;
  return (
    isSame(({ value }) => value) && isSame(({ value, variance }) => addDecimals(value, variance))
  );
}

/** Lines whose stock has gone on since. The lines of a document are numbered as in the file. */
function heldOf(lines: readonly StandingLine[], taken: readonly TakenIn[]): readonly HeldLine[] {
  const byTarget = Map.groupBy(lines, ({ target }) => target);
  return taken.flatMap((one): readonly HeldLine[] => {
    const line = byTarget.get(one.document)?.[one.line - 1];
    if (line === undefined) return [];
    const { line: at, key } = line;
    if (one.movedOn !== undefined) {
      const message = `its stock has moved since: ${one.movedAs ?? ''} on ${one.movedOn}`;
      return [{ line: at, key, code: 'imports.stock-moved', message }];
    }
    if (compareDecimals(one.promised, ZERO) === 0) return [];
    const message = `${one.promised} of it is promised: release that first`;
    return [{ line: at, key, code: 'imports.stock-promised', message }];
  });
}
