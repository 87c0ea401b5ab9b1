import type { BodyOf } from '#api-contract';
import type { EntryDraft } from '#erp/ledger';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';

/** An entry by hand as the ledger wants it. */
export function entryOf(
  legalEntity: string,
  body: Omit<BodyOf<'postJournalEntry'>, 'reverseOn'>,
): EntryDraft {
  const { postedOn, documentOn = postedOn, currency, rate, text, adjustment = false } = body;
  return {
    legalEntity,
    kind: 'manual',
    postedOn: localDate(postedOn),
    documentOn: localDate(documentOn),
    currency,
    text,
    adjustment,
    ...(rate === undefined ? {} : { rate: decimal(rate) }),
    lines: body.lines.map(({ account, amount, costCentre, project, party, text: said }) => ({
      account,
      amount: decimal(amount),
      ...(costCentre === undefined ? {} : { costCentre }),
      ...(project === undefined ? {} : { project }),
      ...(party === undefined ? {} : { party }),
      ...(said === undefined ? {} : { text: said }),
    })),
  };
}
