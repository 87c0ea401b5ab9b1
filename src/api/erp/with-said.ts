import type { EntryHead, JournalEntry } from '#erp/ledger/reports';
import { saidOfEntry } from '#erp/ledger/reports';
import type { Said } from '#kernel';

/** An entry with what its text says for other languages, where Rialto worded it. */
export function withSaid<Entry extends EntryHead | JournalEntry>(
  entry: Entry,
): Entry & { readonly said?: Said } {
  const said = saidOfEntry(entry);
  return said === undefined ? entry : { ...entry, said };
}
