import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../shared/data-table.tsx';
import { differenceOf, sumOf } from '../../shared/exact.ts';
import { Card } from '../../shared/facts.tsx';
import { useColumnKit } from './columns.tsx';
import { useToday } from './entity.ts';
import { isAbove } from './left.ts';
import type { Standing } from './standing.tsx';

/** What is owed for one document. */
export type OpenItem = ReplyOf<'getCustomerInvoice'>['items'][number];

/** Where something owed stands on a day. */
export function standingOfItem(item: OpenItem, today: string): Standing {
  if (!isAbove(item.open)) return 'cleared';
  if (item.blocks.length > 0) return 'blocked';
  if (item.dispute !== undefined) return 'disputed';
  return item.dueOn < today && item.effect === 'raises' ? 'overdue' : 'open';
}

/** What of some items is still owed, in their own currency. */
export const openOf = (items: readonly OpenItem[]): string => sumOf(items.map(({ open }) => open));

/** Whether nothing has settled any of some items yet. */
export const isUntouched = (items: readonly OpenItem[]): boolean =>
  items.every(({ amount, open }) => differenceOf(amount, open) === undefined);

/** What a document leaves to be paid: when, how much, and what an early payer may keep. */
export function OpenItemsCard({ of }: { readonly of: readonly OpenItem[] }): ReactNode {
  const kit = useColumnKit();
  const today = useToday();
  if (of.length === 0) return null;
  return (
    <Card title={kit.t('erp.openItems')}>
      <DataTable
        label={kit.t('erp.openItems')}
        rows={of}
        keyOf={({ id }) => id}
        columns={[
          kit.day<OpenItem>('erp.field.dueOn', ({ dueOn }) => dueOn),
          kit.standing<OpenItem>((item) => standingOfItem(item, today)),
          kit.text<OpenItem>('erp.field.blocks', ({ blocks }) => blocks.join(', ')),
          kit.text<OpenItem>('erp.field.cashDiscount', ({ discounts }) =>
            discounts
              .map(({ percent, until }) =>
                kit.t('erp.discountUntil', {
                  percent: kit.format.decimal(percent),
                  day: kit.format.day(until),
                }),
              )
              .join(', '),
          ),
          kit.amount<OpenItem>(
            'erp.field.amount',
            ({ amount }) => amount,
            ({ currency }) => currency,
          ),
          kit.amount<OpenItem>(
            'erp.field.open',
            ({ open }) => open,
            ({ currency }) => currency,
          ),
        ]}
      />
    </Card>
  );
}
