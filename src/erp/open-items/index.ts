export { agingOf } from './aging.ts';
export type { Aging } from './aging.ts';
export { allocate } from './allocate.ts';
export type { AllocationDraft } from './allocate.ts';
export { createOpenItems } from './create-open-items.ts';
export type { OpenItemDraft } from './create-open-items.ts';
export { discountOn } from './discount-on.ts';
export type { OpenItemsProblemCode } from './errors.ts';
export { markOpenItems } from './mark-open-items.ts';
export type { Mark } from './mark-open-items.ts';
export { openItemsMigrations } from './migrations.ts';
export { companyOpenOf, openOf } from './open-item.ts';
export type { Discount, Dispute, OpenItem, Side, TaxShare } from './open-item.ts';
export {
  findOpenItems,
  itemsOfDocuments,
  listOpenItems,
  lockOpenItems,
} from './read-open-items.ts';
export type { OpenItemFilter } from './read-open-items.ts';
export { owedBy } from './owed-by.ts';
export { owedInAll } from './owed-in-all.ts';
export { allocationsOf, reverseAllocations } from './reverse-allocations.ts';
export type { Allocation } from './reverse-allocations.ts';
export { statementOf } from './statement.ts';
export type { Statement, StatementBalance, StatementEntry } from './statement.ts';
