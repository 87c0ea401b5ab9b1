import type { ListQuery } from '../route.ts';

/** The contract's filters as the book of exchanges' own. */
export const exchangeQuery = (
  runId: string,
  { failed, search, sort }: ListQuery<'listExchanges'>,
) => ({ runId, failed: failed === undefined ? undefined : failed === 'true', search, sort });
