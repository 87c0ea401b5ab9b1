import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { transactionQuery } from '../views/transaction.ts';

/** Lists what was written to other systems, newest first. */
export const listTransactions = route({
  name: 'listTransactions',
  summary: 'Lists what was written to other systems, newest first.',
  permission: 'transactions:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['main.no-operation'],
  async handle({ query }, { transactions }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = { ...transactionQuery(query), offset, limit: pageSize };
    const { rows, total } = await transactions.list(asked);
    return { items: [...rows], total, page, pageSize };
  },
});
