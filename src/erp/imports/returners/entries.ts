import type { Problem } from '#erp/company';
import { reverseEntries } from '#erp/ledger';
import { findEntries } from '#erp/ledger/reports';
import { linesBookedBy } from '../booked-lines.ts';
import { returned } from '../taking-back.ts';
import type { ReturnDesk, ReversedDocument, Returner } from '../taking-back.ts';

/** Journal entries as they were taken back, by the id of each; or why the ledger does not. */
export type ReversedEntries = {
  readonly documents: readonly ReversedDocument[];
  readonly by: ReadonlyMap<string, string>; // The id of what reverses it.
};

/** Reverses journal entries on the day. */
export async function reverseAll(
  { tx, context, on }: ReturnDesk,
  ids: readonly string[],
): Promise<ReversedEntries | Problem> {
  const entries = await findEntries(tx, ids);
  const reversed = await reverseEntries(
    tx,
    context,
    ids.map((id) => ({ id, on })),
  );
  const documents: ReversedDocument[] = [];
  const by = new Map<string, string>();
  for (const [at, result] of reversed.entries()) {
    if (!result.ok) return result.problem;
    const id = ids[at] ?? '';
    const number = entries.get(id)?.number ?? id;
    documents.push({ kind: 'journal-entry', number, reversedBy: result.value.number });
    by.set(id, result.value.id);
  }
  return { documents, by };
}

/** Takes balances of the ledger back: the entry of each currency is reversed. */
export const returnBalances: Returner = async (desk) => {
  const lines = await linesBookedBy(desk.tx, desk.of.id);
  const reversed = await reverseAll(desk, [...new Set(lines.map(({ target }) => target))]);
  return 'code' in reversed
    ? returned(lines.length, { problem: reversed })
    : returned(lines.length, { documents: reversed.documents });
};
