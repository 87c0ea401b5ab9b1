import { changeCloseTask } from './change-close-task.ts';
import { closePeriod } from './close-period.ts';
import { createLegalEntity } from './create-legal-entity.ts';
import { getAccountStatement } from './get-account-statement.ts';
import { getBalanceSheet } from './get-balance-sheet.ts';
import { getCompanyOverview } from './get-company-overview.ts';
import { getDocumentFlow } from './get-document-flow.ts';
import { getIncomeStatement } from './get-income-statement.ts';
import { getJournalEntry } from './get-journal-entry.ts';
import { getTradeCodes } from './get-trade-codes.ts';
import { getTrialBalance } from './get-trial-balance.ts';
import { listAccounts } from './list-accounts.ts';
import { listCloseTasks } from './list-close-tasks.ts';
import { listExchangeRates } from './list-exchange-rates.ts';
import { listJournalEntries } from './list-journal-entries.ts';
import { listLegalEntities } from './list-legal-entities.ts';
import { listPeriods } from './list-periods.ts';
import { postJournalEntry } from './post-journal-entry.ts';
import { reopenPeriod } from './reopen-period.ts';
import { reverseJournalEntry } from './reverse-journal-entry.ts';
import { setExchangeRates } from './set-exchange-rates.ts';
import { softClosePeriod } from './soft-close-period.ts';
import { updateAccount } from './update-account.ts';

/** Every route of the embedded ERP. */
export const ERP_ROUTES = [
  listLegalEntities,
  createLegalEntity,
  listExchangeRates,
  setExchangeRates,
  getTradeCodes,
  getCompanyOverview,
  getDocumentFlow,
  listAccounts,
  updateAccount,
  listJournalEntries,
  getJournalEntry,
  postJournalEntry,
  reverseJournalEntry,
  listPeriods,
  softClosePeriod,
  closePeriod,
  reopenPeriod,
  listCloseTasks,
  changeCloseTask,
  getTrialBalance,
  getAccountStatement,
  getBalanceSheet,
  getIncomeStatement,
] as const;
