import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists transactions that wait for a person, newest first. */
export const listDeadLetters = route({
  name: 'listDeadLetters',
  summary: 'Lists transactions that wait for a person, newest first.',
  permission: 'transactions:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['main.no-operation'],
  async handle({ query }, { transactions }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = { ...query, forAPerson: true, offset, limit: pageSize } as const;
    const { rows, total } = await transactions.list(asked);
    return { items: [...rows], total, page, pageSize };
  },
});
