import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { InBooks } from '../links.tsx';
import { WholeList } from '../whole-list.tsx';

type Row = ReplyOf<'listPeriods'>['items'][number];

const STATUSES = ['open', 'soft-closed', 'closed'] as const;

/** What is over and has not been closed. */
const UNCLOSED = 'unclosed';
const CLOSING = 14; // Closing entries alone are posted to it, when a year is closed.

/** What a period is called: 7 / 2026. */
const nameOf = ({ fiscalYear, period }: Row): string => `${period} / ${fiscalYear}`;

/** Every fiscal period, and whether anything may still be posted to it. */
export function Periods(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const found = useBooks('listPeriods', { params: { entity: code } });
  const years = [...new Set((found.data?.items ?? []).map(({ fiscalYear }) => String(fiscalYear)))];
  const pageOf = (row: Row): ReactNode => (
    <InBooks list="periods" id={`${row.fiscalYear}-${row.period}`}>
      {nameOf(row)}
    </InBooks>
  );
  return (
    <WholeList<Row>
      list="periods"
      found={found}
      searchLabel={kit.t('erp.search.period')}
      textOf={nameOf}
      filters={{
        year: ({ fiscalYear }, value) => String(fiscalYear) === value,
        status: ({ status, toOn, period }, value) =>
          value === UNCLOSED
            ? status !== 'closed' && toOn < today && period < CLOSING
            : status === value,
      }}
      choices={[
        {
          name: 'year',
          label: kit.t('erp.field.year'),
          values: years.map((value) => ({ value, label: value })),
        },
        {
          name: 'status',
          label: kit.t('field.status'),
          values: [
            { value: UNCLOSED, label: kit.t('erp.unclosed') },
            ...STATUSES.map((value) => ({ value, label: kit.t(`erp.standing.${value}`) })),
          ],
        },
      ]}
      keyOf={nameOf}
      sort="-erp.field.validFrom"
      sorts={{
        'erp.field.validFrom': ({ fromOn, toOn, period }) => `${fromOn} ${toOn} ${period}`,
      }}
      emptyHint={kit.t('erp.empty.periods')}
      columns={[
        kit.own<Row>('erp.field.period', pageOf),
        kit.day<Row>('erp.field.validFrom', ({ fromOn }) => fromOn),
        kit.day<Row>('erp.field.validTo', ({ toOn }) => toOn),
        kit.standing<Row>(({ status }) => status),
        kit.text<Row>('erp.field.openTo', ({ openTo }) => openTo.join(', ')),
      ]}
    />
  );
}
