import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { InvoiceTotals } from './invoice-totals.tsx';
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';
import { openOf, OpenItemsCard } from './open-items-card.tsx';
import { StandingMark } from './standing.tsx';
import { SupplierInvoiceActs } from './supplier-invoice-acts.tsx';
import { Terms } from './terms.tsx';

type Invoice = ReplyOf<'getSupplierInvoice'>['invoice'];
type Line = Invoice['lines'][number];

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.quantity<Line>(
      'erp.field.quantity',
      ({ quantity }) => quantity,
      ({ unit }) => unit ?? '',
    ),
    kit.text<Line>('erp.field.account', ({ account }) => account),
    kit.text<Line>('erp.field.costCentre', ({ costCentre }) => costCentre),
    kit.text<Line>('erp.field.taxCode', ({ taxCode }) => taxCode),
    kit.amount<Line>(
      'field.netAmount',
      ({ net }) => net,
      () => currency,
    ),
  ];
}

/** What order and receipts do not say, in words. */
function Deviations({ of }: { readonly of: Invoice }): ReactNode {
  const { t, format } = useColumnKit();
  if (of.deviations.length === 0) return null;
  return (
    <ul className="erp-history">
      {of.deviations.map(({ line, kind, by }) => (
        <li key={`${line} ${kind}`}>
          {t('erp.orderLine', { line })}:{' '}
          <span className="rialto-bad">
            {t(`erp.deviation.${kind}`, { by: format.decimal(by) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** One supplier invoice: what was charged, whether it agrees, what is owed, what can be done. */
export function SupplierInvoice({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('getSupplierInvoice', { params: { entity: code, id } });
  const columns = useLineColumns(found.data?.invoice.currency ?? '');
  return (
    <Async of={loadable(found)}>
      {(reply) => {
        const { invoice: of, items } = reply;
        const { currency } = of;
        return (
          <ObjectPage
            list="supplier-invoices"
            kind="supplier-invoice"
            title={t('erp.kind.supplier-invoice')}
            standing={of.cancelledOn === null ? of.matchStatus : 'cancelled'}
            of={of}
            tiles={[
              [t('field.grossAmount'), <Amount key="g" of={{ amount: of.gross, currency }} />],
              [t('erp.field.open'), <Amount key="o" of={{ amount: openOf(items), currency }} />],
              [t('field.supplier'), <PartyLink key="who" id={of.supplier} side="suppliers" />],
              [t('erp.field.supplierNumber'), of.supplierNumber],
              [t('erp.field.dueOn'), <Day key="due" of={of.dueOn} />],
            ]}
            acts={<SupplierInvoiceActs of={reply} />}
          >
            <Lines of={of.lines} columns={columns}>
              <Deviations of={of} />
              <InvoiceTotals of={of} />
            </Lines>
            <OpenItemsCard of={items} />
            <Card title={t('order.facts')}>
              <Facts
                of={[
                  [t('erp.field.match'), <StandingMark key="match" of={of.matchStatus} />],
                  [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
                  [t('erp.field.postedOn'), <Day key="posted" of={of.postedOn} />],
                  [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
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
