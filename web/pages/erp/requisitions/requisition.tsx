import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { Nothing } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { PersonName } from '../../../shared/person-name.tsx';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { Lines } from '../lines.tsx';
import { ObjectPage } from '../object-page.tsx';
import { RequisitionActs } from './requisition-acts.tsx';

type Line = ReplyOf<'getRequisition'>['lines'][number];

const unitOf = ({ unit }: Line): string => unit;

function useLineColumns(): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.quantity<Line>('erp.field.quantity', ({ quantity }) => quantity, unitOf),
    kit.quantity<Line>('field.ordered', ({ ordered }) => ordered, unitOf),
    kit.day<Line>('erp.field.requestedOn', ({ neededOn }) => neededOn),
    kit.amount<Line>('erp.field.estimate', ({ estimatedPrice }) => estimatedPrice),
    kit.party<Line>('suppliers', ({ supplier }) => supplier),
    kit.text<Line>('erp.field.costCentre', ({ costCentre }) => costCentre),
  ];
}

/** One requisition: who wants what by when, whether it may be bought, and what was ordered of it. */
export function RequisitionPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const requisition = useBooks('getRequisition', { params: { entity: code, id } });
  const columns = useLineColumns();
  return (
    <Async of={loadable(requisition)}>
      {(of) => (
        <ObjectPage
          list="requisitions"
          kind="requisition"
          title={t('erp.kind.requisition')}
          standing={of.status}
          of={of}
          tiles={[
            [t('erp.field.requester'), <PersonName key="asks" of={of.requester} />],
            [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
            [t('erp.field.lines'), String(of.lines.length)],
            [
              t('erp.field.approvedBy'),
              of.approvedBy === null ? (
                <Nothing key="by" />
              ) : (
                <PersonName key="by" of={of.approvedBy} />
              ),
            ],
          ]}
          acts={<RequisitionActs of={of} />}
        >
          <Lines of={of.lines} columns={columns} />
          {of.text === '' ? null : (
            <Card title={t('order.facts')}>
              <Facts of={[[t('erp.field.text'), of.text]]} />
            </Card>
          )}
        </ObjectPage>
      )}
    </Async>
  );
}
