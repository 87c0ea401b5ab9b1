export { applyPage, prepareDraft } from './apply-page.ts';
export type { Applied, Page, PreparedDraft } from './apply-page.ts';
export { changedFields } from './changed-fields.ts';
export type { ChangedField } from './changed-fields.ts';
export { compareDrafts } from './compare-drafts.ts';
export type { Comparison } from './compare-drafts.ts';
export type { RecordsErrorCode } from './errors.ts';
export type { Filter } from './fields.ts';
export { recordsMigrations } from './migrations.ts';
export { orderTotals } from './order-totals.ts';
export type { OrderTotals } from './order-totals.ts';
export { historyOf, lastPosition, onChanges, readChanges } from './read-changes.ts';
export type { Change } from './read-changes.ts';
export {
  countRecords,
  existingKeys,
  findRecord,
  listRecords,
  recordsByReference,
  streamRecords,
} from './read-records.ts';
export type { RecordQuery } from './read-records.ts';
export { recordIdOf } from './record.ts';
export type { Cause, Draft, Source, StoredRecord } from './record.ts';
