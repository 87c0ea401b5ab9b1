export { createAccounts, listAccounts, updateAccount } from './account.ts';
export type { Account, AccountDraft } from './account.ts';
export { postAccruals } from './accruals.ts';
export type { AccrualDraft, PostedAccrual } from './accruals.ts';
export { createCostCentres, listCostCentres, updateCostCentre } from './cost-centre.ts';
export type { CostCentre, CostCentreDraft } from './cost-centre.ts';
export { listDetermination, setDetermination } from './determination.ts';
export type { DeterminationRule } from './determination.ts';
export type { EntryDraft, EntryKind, EntrySource, LineDraft, PostedEntry } from './entry.ts';
export { entryText } from './entry-text.ts';
export type { LedgerProblemCode } from './errors.ts';
export { changeLedgerSettings, installLedger, readLedgerSettings } from './install-ledger.ts';
export { ledgerMigrations } from './migrations.ts';
export { parkEntries, postParked, withdrawParked } from './parked-entries.ts';
export { postEntries } from './post-entries.ts';
export type { PostingKey, PostingTo } from './posting-key.ts';
export {
  changeRecurring,
  createRecurring,
  listRecurring,
  postRecurring,
} from './recurring-entries.ts';
export { reverseByHand, reverseEntries } from './reverse-entries.ts';
