import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { sumOf } from '../../../shared/exact.ts';
import { Card } from '../../../shared/facts.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { TakeBackForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import { InBooks } from '../links.tsx';

type Posting = ReplyOf<'listProductionPostings'>['items'][number];

const MOST = 200;
const MINUTE_S = 60;

function usePostings(order: string): readonly Posting[] {
  const { code } = useEntity();
  const query = { order, limit: MOST };
  return useBooks('listProductionPostings', { params: { entity: code }, query }).data?.items ?? [];
}

/** What was booked on a work order: what came out, what did not and why, how long it took. */
export function Postings(props: { readonly order: string; readonly unit: string }): ReactNode {
  const { order, unit } = props;
  const kit = useColumnKit();
  const postings = usePostings(order);
  const unitOf = (): string => unit; // Of what is made.
  const minutes = ({ confirmation }: Posting): string | null => {
    const { setupSeconds = 0, runSeconds = 0 } = confirmation ?? {};
    const count = Math.round((setupSeconds + runSeconds) / MINUTE_S);
    return count === 0 ? null : kit.t('erp.minutes', { count });
  };
  const why = ({ confirmation, reason }: Posting): string | null =>
    [confirmation?.scrapReason, confirmation?.reworkReason, confirmation?.downReason, reason]
      .filter((part) => part !== undefined && part !== null && part !== '')
      .join(' · ') || null;
  const columns: readonly Column<Posting>[] = [
    kit.own<Posting>('field.number', ({ number, entry }) =>
      entry === null ? (
        number
      ) : (
        <InBooks list="journal-entries" id={entry}>
          {number}
        </InBooks>
      ),
    ),
    kit.text<Posting>('field.kind', ({ kind }) => kit.t(`erp.postingKind.${kind}`)),
    kit.day<Posting>('erp.field.postedOn', ({ postedOn }) => postedOn),
    kit.quantity<Posting>('erp.field.operation', ({ confirmation, shipment }) => {
      const operation = confirmation?.operation ?? shipment?.operation;
      return operation === undefined ? null : String(operation);
    }),
    kit.quantity<Posting>(
      'erp.field.good',
      ({ confirmation }) => confirmation?.good ?? null,
      unitOf,
    ),
    kit.quantity<Posting>(
      'erp.field.scrap',
      ({ confirmation }) => confirmation?.scrap ?? null,
      unitOf,
    ),
    kit.text<Posting>('erp.field.worked', minutes),
    { ...kit.text<Posting>('erp.field.reason', why), wide: true },
    kit.amount<Posting>('erp.field.wip', ({ lines }) => sumOf(lines.map(({ amount }) => amount))),
  ];
  return (
    <Card title={kit.t('erp.postings')}>
      {postings.length === 0 ? (
        <p className="erp-note">{kit.t('erp.noPostings')}</p>
      ) : (
        <DataTable
          label={kit.t('erp.postings')}
          rows={postings}
          keyOf={({ id }) => id}
          columns={columns}
        />
      )}
    </Card>
  );
}

/** Takes back what was booked by mistake, as long as nothing builds on it. */
export function TakePostingBack({ order }: { readonly order: string }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [chosen, setChosen] = useState('');
  const postings = usePostings(order).filter(
    ({ kind, reversedBy }) => kind !== 'reversal' && reversedBy === null,
  );
  const id = postings.find((posting) => posting.id === chosen)?.id ?? postings[0]?.id;
  if (id === undefined) return null;
  return (
    <TakeBackForm
      title={t('erp.act.takeBackPosting')}
      about={t('erp.act.takeBackPostingAbout')}
      act={({ key, ...body }) =>
        callBooks('reverseProductionPosting', { params: { entity: code, id }, body, key })
      }
    >
      <ChoiceField
        label={t('erp.form.posting')}
        value={id}
        onValue={setChosen}
        of={postings.map((one) => ({
          value: one.id,
          label: `${one.number} · ${t(`erp.postingKind.${one.kind}`)}`,
        }))}
      />
    </TakeBackForm>
  );
}
