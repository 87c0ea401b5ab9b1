import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists batches of transactions, newest first. */
export const listBatches = route({
  name: 'listBatches',
  summary: 'Lists batches of transactions, newest first.',
  permission: 'transactions:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query }, { transactions }) {
    const { page, pageSize, offset } = pageRequest(query);
    const { rows, total } = await transactions.listBatches({ ...query, offset, limit: pageSize });
    return { items: [...rows], total, page, pageSize };
  },
});
