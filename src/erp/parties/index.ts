export { accountHolders } from './account-holders.ts';
export {
  addBankAccounts,
  bankAccountsOf,
  endBankAccounts,
  payeeAccounts,
  payeesOn,
  readFourEyes,
  setFourEyes,
  verifyBankAccounts,
} from './bank-accounts.ts';
export type { BankAccount, BankAccountDraft } from './bank-accounts.ts';
export { createCustomers, createSuppliers } from './create-parties.ts';
export type { PartiesProblemCode } from './errors.ts';
export { parseIban } from './iban.ts';
export { findDuplicates } from './find-duplicates.ts';
export type { Likeness } from './find-duplicates.ts';
export {
  customerFacts,
  findParties,
  listParties,
  partyHistory,
  supplierFacts,
} from './list-parties.ts';
export type { PartyFilter } from './list-parties.ts';
export { partiesMigrations } from './migrations.ts';
export type { Block, Party, PartyDraft, PartyRole } from './party.ts';
export { partiesByNumber } from './parties-by-number.ts';
export { updateCustomers, updateSuppliers } from './update-parties.ts';
export type { PartyChange } from './update-parties.ts';
