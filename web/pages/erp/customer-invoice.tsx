import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { CustomerInvoiceActs } from './customer-invoice-acts.tsx';
import { useEntity, useToday } from './entity.ts';
import { InvoiceTotals } from './invoice-totals.tsx';
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';
import { openOf, OpenItemsCard, standingOfItem } from './open-items-card.tsx';
import type { Standing } from './standing.tsx';
import { Terms } from './terms.tsx';

type Reply = ReplyOf<'getCustomerInvoice'>;
type Line = Reply['invoice']['lines'][number];

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.quantity<Line>(
      'erp.field.quantity',
      ({ quantity }) => quantity,
      ({ unit }) => unit,
    ),
    kit.price<Line>(
      'field.unitPrice',
      ({ unitPrice }) => unitPrice,
      () => currency,
    ),
    kit.discount<Line>(),
    kit.text<Line>('erp.field.taxCode', ({ taxCode }) => taxCode),
    kit.amount<Line>(
      'field.netAmount',
      ({ net }) => net,
      () => currency,
    ),
    kit.amount<Line>(
      'field.taxAmount',
      ({ tax }) => tax,
      () => currency,
    ),
  ];
}

/** Where an invoice stands: with what is still owed for it. */
function standingOf({ invoice, items }: Reply, today: string): Standing {
  if (invoice.cancelledOn !== null) return 'cancelled';
  const first = items.find(({ open }) => /[1-9]/.test(open)) ?? items[0];
  return first === undefined ? invoice.kind : standingOfItem(first, today);
}

/** One invoice or credit note: what was charged, what is owed for it, and what can be done. */
export function CustomerInvoice({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const found = useBooks('getCustomerInvoice', { params: { entity: code, id } });
  const columns = useLineColumns(found.data?.invoice.currency ?? '');
  return (
    <Async of={loadable(found)}>
      {(reply) => {
        const { invoice: of, items } = reply;
        const { currency } = of;
        const kind = of.kind === 'invoice' ? 'customer-invoice' : 'customer-credit-note';
        return (
          <ObjectPage
            list="customer-invoices"
            kind={kind}
            title={t(`erp.kind.${kind}`)}
            standing={standingOf(reply, today)}
            of={of}
            tiles={[
              [t('field.grossAmount'), <Amount key="g" of={{ amount: of.gross, currency }} />],
              [t('erp.field.open'), <Amount key="o" of={{ amount: openOf(items), currency }} />],
              [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
              [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
              [t('erp.field.dueOn'), <Day key="due" of={of.dueOn} />],
            ]}
            acts={<CustomerInvoiceActs of={reply} />}
          >
            <Lines of={of.lines} columns={columns}>
              <InvoiceTotals of={of} />
            </Lines>
            <OpenItemsCard of={items} />
            <Card title={t('order.facts')}>
              <Facts
                of={[
                  [t('erp.field.reference'), of.reference],
                  [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
                  [t('erp.field.reason'), of.reason],
                  [t('erp.field.text'), of.text],
                ]}
              />
            </Card>
          </ObjectPage>
        );
      }}
    </Async>
  );
}
