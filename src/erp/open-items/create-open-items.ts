import { insertRows } from '#database';
import type { Handle } from '#database';
import { momentsOf } from '#erp/company';
import type { DocumentRef, ErpContext } from '#erp/company';
import { assert, newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { OpenItem } from './open-item.ts';

/** What a posted document leaves open. */
export type OpenItemDraft = Pick<
  OpenItem,
  | 'side'
  | 'effect'
  | 'kind'
  | 'party'
  | 'currency'
  | 'amount'
  | 'companyAmount'
  | 'issuedOn'
  | 'postedOn'
  | 'dueOn'
> & {
  readonly document: DocumentRef;
  readonly instalment?: number;
  readonly entryId?: string;
  readonly discounts?: OpenItem['discounts'];
  readonly taxShares?: OpenItem['taxShares'];
  readonly blocks?: readonly string[];
};

const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  side: 'text',
  effect: 'text',
  kind: 'text',
  party: 'text',
  document_kind: 'text',
  document_id: 'text',
  document_number: 'text',
  instalment: 'integer',
  entry_id: 'text',
  currency: 'text',
  amount: 'numeric',
  company_amount: 'numeric',
  issued_on: 'date',
  posted_on: 'date',
  due_on: 'date',
  discounts: 'jsonb',
  tax_shares: 'jsonb',
  blocks: 'jsonb',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/**
 * Opens an item for each draft, in the transaction that posts its document: the caller has checked
 * the document and booked it to the control account. Answers their ids, in the order of the drafts.
 */
export async function createOpenItems(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OpenItemDraft[],
): Promise<readonly string[]> {
  const { by, legalEntity } = context;
  const nowMs = millisecondsOf(context.clock());
  const momentOf = momentsOf(context);
  const values = drafts.map((draft) => {
    assert(compareDecimals(draft.amount, decimal('0')) > 0, 'an open item has an amount');
    return {
      id: newId('oi', nowMs),
      legal_entity: legalEntity,
      side: draft.side,
      effect: draft.effect,
      kind: draft.kind,
      party: draft.party,
      document_kind: draft.document.kind,
      document_id: draft.document.id,
      document_number: draft.document.number,
      instalment: draft.instalment ?? 1,
      entry_id: draft.entryId,
      currency: draft.currency,
      amount: draft.amount,
      company_amount: draft.companyAmount,
      issued_on: draft.issuedOn,
      posted_on: draft.postedOn,
      due_on: draft.dueOn,
      discounts: JSON.stringify(draft.discounts ?? []),
      tax_shares: JSON.stringify(draft.taxShares ?? []),
      blocks: JSON.stringify(draft.blocks ?? []),
      created_by: by,
      created_at: momentOf(draft.postedOn),
    };
  });
  await insertRows(tx, 'erp_open_items.open_item', COLUMNS, values);
  return values.map(({ id }) => id);
}
