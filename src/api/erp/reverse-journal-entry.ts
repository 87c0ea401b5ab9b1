import { reverseByHand } from '#erp/ledger';
import { localDate } from '#kernel/time';
import { bookingRoute } from '../route.ts';
import { bookOnce, contextOf, granted } from './command.ts';

/** Takes an entry back. */
export const reverseJournalEntry = bookingRoute({
  name: 'reverseJournalEntry',
  summary: 'Takes an entry that was posted by hand back, by one of its own.',
  permission: 'ledger:post',
  audit: { within: 'ledger.entry-reversed' },
  errors: [
    'company.key-reused',
    'ledger.already-reversed',
    'ledger.no-period',
    'ledger.no-such-entry',
    'ledger.not-reversible',
    'ledger.period-closed',
    'ledger.period-soft-closed',
    'ledger.reverse-at-source',
  ],
  once: true,
  handle: (request, services) =>
    request.change((tx) => {
      const { body, params } = request;
      const context = contextOf(request, services, params.entity);
      const asked = { ...request, name: `reverseJournalEntry ${params.id}`, request: body };
      return bookOnce(tx, services, asked, async () => {
        const { on, text } = body;
        const wish = {
          id: params.id,
          on: localDate(on),
          ...(text === undefined ? {} : { text }),
        };
        const { id, number } = granted((await reverseByHand(tx, context, [wish]))[0]);
        return { id, number };
      });
    }),
});
