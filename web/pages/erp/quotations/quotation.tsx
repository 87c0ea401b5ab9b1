import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { Lines } from '../lines.tsx';
import { InBooks, PartyLink } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';
import { QuotationActs } from './quotation-acts.tsx';
import { Terms } from '../terms.tsx';

type Quotation = ReplyOf<'getQuotation'>;
type Line = Quotation['lines'][number];

const unitOf = ({ unit }: Line): string => unit;

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.quantity<Line>('erp.field.quantity', ({ quantity }) => quantity, unitOf),
    kit.quantity<Line>('field.ordered', ({ ordered }) => ordered, unitOf),
    kit.price<Line>(
      'field.unitPrice',
      ({ unitPrice }) => unitPrice,
      () => currency,
    ),
    kit.discount<Line>(),
    kit.amount<Line>(
      'field.netAmount',
      ({ net }) => net,
      () => currency,
    ),
  ];
}

function MoreFacts({ of }: { readonly of: Quotation }): ReactNode {
  const { t } = useColumnKit();
  const before =
    of.revises === null ? undefined : (
      <InBooks list="quotations" id={of.revises}>
        {t('erp.revision', { number: of.revision - 1 })}
      </InBooks>
    );
  return (
    <Card title={t('order.facts')}>
      <Facts
        of={[
          [t('erp.field.revision'), String(of.revision)],
          [t('erp.field.revises'), before],
          [t('erp.field.theirNumber'), of.customerReference],
          [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
          [t('erp.field.salesperson'), of.salesperson ?? ''],
          [t('erp.field.channel'), of.channel ?? ''],
          [t('erp.field.text'), of.text],
        ]}
      />
    </Card>
  );
}

/** One quotation: what is offered until when, what was ordered of it, and what can be done. */
export function QuotationPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const quotation = useBooks('getQuotation', { params: { entity: code, id } });
  const columns = useLineColumns(quotation.data?.currency ?? '');
  return (
    <Async of={loadable(quotation)}>
      {(of) => (
        <ObjectPage
          list="quotations"
          kind="quotation"
          title={t('erp.kind.quotation')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('field.netAmount'),
              <Amount key="net" of={{ amount: of.net, currency: of.currency }} />,
            ],
            [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
            [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
            [t('erp.field.validUntil'), <Day key="until" of={of.validUntil} />],
          ]}
          acts={<QuotationActs of={of} />}
        >
          <Lines of={of.lines} columns={columns} />
          <MoreFacts of={of} />
        </ObjectPage>
      )}
    </Async>
  );
}
