import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActForm } from '../../../shared/act-form.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { PersonName } from '../../../shared/person-name.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';

type Order = ReplyOf<'listProjectChangeOrders'>['items'][number];

/** Approves or refuses a change that somebody else asked for. */
function Decide({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [note, setNote] = useState('');
  const title = t('erp.act.decideChange', { number: of.number });
  const decide = (decision: 'approved' | 'rejected') => () =>
    callBooks('decideProjectChangeOrder', {
      params: { entity: code, id: of.id },
      body: { decision, version: of.version, ...filled({ note }) },
    });
  return (
    <details className="rialto-unfolds" open>
      <summary>{title}</summary>
      <ActForm
        label={title}
        submit={t('erp.act.approve')}
        main
        act={decide('approved')}
        also={{ text: t('erp.act.reject'), act: decide('rejected') }}
      >
        <p className="rialto-dim">{t('erp.act.decideChangeAbout')}</p>
        <Field
          label={t('erp.form.note')}
          value={note}
          onValue={setNote}
          maxLength={500}
          named="note"
          optional
        />
      </ActForm>
    </details>
  );
}

function useColumns(currency: string): readonly Column<Order>[] {
  const kit = useColumnKit();
  return [
    kit.text<Order>('field.number', ({ number }) => number),
    {
      ...kit.own<Order>('erp.field.whatChanges', ({ title, reason }) => (
        <>
          {title}
          {reason === '' ? null : <span className="rialto-dim"> · {reason}</span>}
        </>
      )),
      wide: true,
      lead: true,
    },
    kit.standing<Order>(({ status }) => (status === 'draft' ? 'submitted' : status)),
    kit.amount<Order>(
      'erp.field.moreCost',
      ({ costChange }) => costChange,
      () => currency,
    ),
    kit.amount<Order>(
      'erp.field.moreRevenue',
      ({ revenueChange }) => revenueChange,
      () => currency,
    ),
    kit.quantity<Order>('erp.field.moreDays', ({ daysChange }) => String(daysChange)),
    kit.own<Order>('erp.field.askedBy', ({ createdBy }) => <PersonName of={createdBy} />),
    kit.own<Order>('erp.field.decidedBy', ({ decidedBy, decisionNote }) =>
      decidedBy === null ? null : (
        <>
          <PersonName of={decidedBy} />
          {decisionNote === '' ? null : <span className="rialto-dim"> · {decisionNote}</span>}
        </>
      ),
    ),
  ];
}

/** Changes of a plan that were asked for, what became of them, and who decides what waits. */
export function ChangeOrders(props: {
  readonly project: string;
  readonly currency: string;
}): ReactNode {
  const { project, currency } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayDecide = useMay('projects:approve');
  const query = { project, limit: 200 };
  const found = useBooks('listProjectChangeOrders', { params: { entity: code }, query });
  const orders = found.data?.items ?? [];
  const columns = useColumns(currency);
  if (orders.length === 0) return null;
  return (
    <Card title={t('erp.changeOrders')}>
      <DataTable
        label={t('erp.changeOrders')}
        rows={orders}
        keyOf={({ id }) => id}
        columns={columns}
      />
      {mayDecide ? (
        <div className="erp-acts">
          {orders
            .filter(({ status }) => status === 'draft')
            .map((order) => (
              <Decide key={order.id} of={order} />
            ))}
        </div>
      ) : null}
    </Card>
  );
}
