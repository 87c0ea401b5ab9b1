import { accountStatement } from '#erp/ledger/reports';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';

/** Shows what happened on an account. */
export const getAccountStatement = route({
  name: 'getAccountStatement',
  summary: 'Shows the lines of an account by day, with a running balance.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query: { from, to, after, limit } }, { database }) {
    const { entries, ...rest } = await accountStatement(database.kysely, {
      legalEntity: params.entity,
      account: params.id,
      from: localDate(from),
      to: localDate(to),
      limit,
      ...(after === undefined ? {} : { after }),
    });
    return { ...rest, items: entries };
  },
});
