import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listDunningRuns'>;

/** Proposes whom to remind of what; the proposal opens, and nobody is reminded yet. */
function Propose(): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const navigate = useNavigate();
  const [day, setDay] = useState<string>();
  const propose = async (key: string): Promise<void> => {
    const body = { on: day ?? today };
    const { id } = await callBooks('createDunningRun', { params: { entity: code }, body, key });
    await navigate({
      to: '/erp/$list/$id',
      params: { list: 'dunning-runs', id },
      search: { entity: code },
    });
  };
  return (
    <section className="rialto-card erp-new" aria-label={t('erp.act.proposeDunning')}>
      <BookingForm
        title={t('erp.act.proposeDunning')}
        about={t('erp.act.proposeDunningAbout')}
        act={propose}
      >
        <DayField label={t('erp.aging.asOf')} value={day ?? today} onValue={setDay} named="on" />
      </BookingForm>
    </section>
  );
}

/** When customers were reminded, and what is proposed. */
export function DunningRuns(): ReactNode {
  const kit = useColumnKit();
  const mayPost = useMay('receivables:post');
  return (
    <BooksList
      list="dunning-runs"
      route="listDunningRuns"
      filters={['status']}
      choices={[useStandingChoice('status', ['proposed', 'approved', 'executed', 'withdrawn'])]}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-runOn"
      sorts={{ number: 'number', 'erp.field.runOn': 'runOn' }}
      emptyHint={kit.t('erp.empty.dunning-runs')}
      above={mayPost ? <Propose /> : null}
      columns={[
        kit.number<Row>('dunning-run'),
        kit.day<Row>('erp.field.runOn', ({ runOn }) => runOn),
        kit.standing<Row>(({ status }) => status),
        kit.quantity<Row>('erp.field.reminded', ({ reminded }) => String(reminded)),
        kit.quantity<Row>('erp.field.leftOut', ({ leftOut }) => String(leftOut)),
        kit.person<Row>('erp.field.approvedBy', ({ approvedBy }) => approvedBy),
      ]}
    />
  );
}
