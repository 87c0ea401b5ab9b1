import type { ListQuery } from '../route.ts';

/** The contract's filters as the journal's own. */
export const transactionQuery = ({
  state: states,
  batch: batchId,
  ...rest
}: ListQuery<'listTransactions'>) => ({ ...rest, states, batchId });
