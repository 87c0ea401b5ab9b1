import { postAccruals, postEntries } from '#erp/ledger';
import { localDate } from '#kernel/time';
import { bookingRoute } from '../route.ts';
import { bookOnce, contextOf, granted } from './command.ts';
import { entryOf } from './entry-of.ts';

/** Posts an entry by hand. */
export const postJournalEntry = bookingRoute({
  name: 'postJournalEntry',
  summary: 'Posts a journal entry by hand; with `reverseOn`, an accrual and what takes it back.',
  permission: 'ledger:post',
  audit: { within: 'ledger.entry-posted' },
  errors: [
    'company.key-reused',
    'ledger.account-blocked',
    'ledger.amount-not-at-scale',
    'ledger.control-account',
    'ledger.four-eyes',
    'ledger.no-period',
    'ledger.no-rate',
    'ledger.no-such-account',
    'ledger.no-such-legal-entity',
    'ledger.not-balanced',
    'ledger.period-closed',
    'ledger.period-soft-closed',
  ],
  once: true,
  handle: (request, services) =>
    request.change(async (tx) => {
      const { body, params, note } = request;
      const context = contextOf(request, services, params.entity);
      const draft = entryOf(params.entity, body);
      const asked = { ...request, name: `postJournalEntry ${params.entity}`, request: body };
      const posted = await bookOnce(tx, services, asked, async () => {
        const { reverseOn } = body;
        if (reverseOn === undefined) {
          const { id, number } = granted((await postEntries(tx, context, [draft]))[0]);
          return { id, number };
        }
        const accrual = { ...draft, reverseOn: localDate(reverseOn) };
        const both = granted((await postAccruals(tx, context, [accrual]))[0]);
        const { id, number } = both.reversal;
        return { id: both.entry.id, number: both.entry.number, reversal: { id, number } };
      });
      note({ subject: posted.number, details: { legalEntity: params.entity } });
      return posted;
    }),
});
