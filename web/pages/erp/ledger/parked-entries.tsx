import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { sumOf } from '../../../shared/exact.ts';
import { Card } from '../../../shared/facts.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { isAbove } from '../left.ts';

type Parked = ReplyOf<'listParkedEntries'>['items'][number];

function Acts({ of: { id, version, text } }: { readonly of: Parked }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const params = { entity: code, id };
  return (
    <div className="rialto-tools">
      <ActButton
        main
        text={t('erp.form.post')}
        label={t('erp.form.postOf', { text })}
        act={() => callBooks('postParkedEntry', { params, body: { version } })}
      />
      <ActButton
        text={t('erp.form.withdraw')}
        label={t('erp.form.withdrawOf', { text })}
        act={() => callBooks('withdrawParkedEntry', { params, body: { version } })}
      />
    </div>
  );
}

const actsOf = (of: Parked): ReactNode => <Acts of={of} />;
const debitOf = ({ draft }: Parked): string =>
  sumOf(draft.lines.map(({ amount }) => amount).filter((amount) => isAbove(amount)));

/** Entries by hand that wait for somebody to post them. Nothing where none does. */
export function ParkedEntries(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const may = useMay('ledger:post');
  const parked = useBooks('listParkedEntries', { params: { entity: code } }).data?.items ?? [];
  if (parked.length === 0) return null;
  return (
    <div className="erp-above">
      <Card title={kit.t('erp.form.parked')}>
        <DataTable
          label={kit.t('erp.form.parked')}
          rows={parked}
          keyOf={({ id }) => id}
          columns={[
            { ...kit.text<Parked>('erp.field.text', ({ text }) => text), wide: true, lead: true },
            kit.day<Parked>('erp.field.postedOn', ({ postedOn }) => postedOn),
            kit.amount<Parked>('erp.field.amount', debitOf, ({ draft }) => draft.currency),
            ...(may ? [kit.own<Parked>('erp.field.more', actsOf)] : []),
          ]}
        />
      </Card>
    </div>
  );
}
