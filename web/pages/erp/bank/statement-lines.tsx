import { useState } from 'react';
import type { ReactNode } from 'react';
import { Async, loadable } from '../../../shared/async.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Amount } from '../../../shared/figure.tsx';
import { Chip, DayBox } from '../../../shared/list-filters.tsx';
import { ListView } from '../../../shared/list-view.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { useUrl } from '../../../shared/use-url.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { DocumentLink } from '../links.tsx';
import { useCursorList } from '../use-cursor-list.tsx';
import type { RowOf } from '../use-cursor-list.tsx';
import type { BankAccount } from './bank-account.tsx';

type Line = RowOf<'listBankStatementLines'>;

/** Undoes what explains a line: what it paid is open again, what it posted is posted back. */
function Undo({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  return (
    <BookingForm
      title={t('erp.act.undoMatch')}
      about={t('erp.act.undoMatchAbout')}
      act={(key) =>
        callBooks('undoBankMatch', {
          params: { entity: code, id },
          body: { on: day ?? today },
          key,
        })
      }
    >
      <DayField label={t('erp.field.postedOn')} value={day ?? today} onValue={setDay} named="on" />
    </BookingForm>
  );
}

/** What explains a line, part by part. */
function Explained(props: { readonly id: string; readonly currency: string }): ReactNode {
  const { id, currency } = props;
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayPost = useMay('banking:post');
  const match = useBooks('getBankMatch', { params: { entity: code, id } });
  return (
    <Async of={loadable(match)} rows={2}>
      {({ parts }) => (
        <>
          <ul className="erp-plain">
            {parts.map(({ kind, amount, entry, documentNumber }, at) => (
              <li key={at}>
                {t(`erp.bank.part.${kind}`)} <Amount of={{ amount, currency }} />{' '}
                <DocumentLink
                  kind="journal-entry"
                  id={entry}
                  number={documentNumber ?? t('erp.kind.journal-entry')}
                />
              </li>
            ))}
          </ul>
          {mayPost ? <Undo id={id} /> : null}
        </>
      )}
    </Async>
  );
}

/** Whether something explains a line; what does is asked for when somebody unfolds it. */
function MatchOf(props: { readonly of: Line; readonly currency: string }): ReactNode {
  const { of, currency } = props;
  const { t } = useColumnKit();
  const [open, setOpen] = useState(false);
  if (of.match === null) {
    return (
      <span className="rialto-status" data-tone="warn">
        {t('erp.bank.waits')}
      </span>
    );
  }
  return (
    <details
      className="rialto-unfolds"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('erp.bank.explained')}</summary>
      {open ? <Explained id={of.match} currency={currency} /> : null}
    </details>
  );
}

function useColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  const matchOf = (line: Line): ReactNode => <MatchOf of={line} currency={currency} />;
  return [
    { ...kit.day<Line>('erp.field.bookedOn', ({ bookedOn }) => bookedOn), sort: 'bookedOn' },
    {
      ...kit.text<Line>('erp.field.counterparty', ({ counterparty }) => counterparty),
      wide: true,
      lead: true,
    },
    {
      ...kit.text<Line>('erp.field.remittance', ({ remittance }) => remittance),
      wide: true,
    },
    kit.text<Line>('erp.bank.statement', ({ statementReference }) => statementReference),
    {
      ...kit.amount<Line>(
        'erp.field.amount',
        ({ amount }) => amount,
        () => currency,
      ),
      sort: 'amount',
    },
    kit.own<Line>('erp.bank.matchState', matchOf),
  ];
}

/** Everything that the bank told of an account, to be searched, and what explains each line. */
export function StatementLines({ of }: { readonly of: BankAccount }): ReactNode {
  const kit = useColumnKit();
  const [{ statement }] = useUrl();
  const columns = useColumns(of.currency);
  const list = useCursorList('listBankStatementLines', {
    params: { id: of.id },
    filters: ['matched', 'statement', 'from', 'to'],
    sort: '-bookedOn',
    file: 'bank-lines',
  });
  const title = kit.t('erp.bank.lines');
  return (
    <Card title={title}>
      <ListView
        inCard
        label={title}
        list={list}
        choices={[
          {
            name: 'matched',
            label: kit.t('erp.bank.matchState'),
            values: [
              { value: 'false', label: kit.t('erp.bank.waits') },
              { value: 'true', label: kit.t('erp.bank.explained') },
            ],
          },
        ]}
        filters={
          <>
            <DayBox name="from" label={kit.t('erp.from')} />
            <DayBox name="to" label={kit.t('erp.to')} />
            {statement === undefined ? null : (
              <Chip
                name="statement"
                label={kit.t('erp.bank.statement')}
                text={
                  list.of.state === 'ready'
                    ? (list.of.data.items[0]?.statementReference ?? statement)
                    : statement
                }
              />
            )}
          </>
        }
        keyOf={({ id }) => id}
        empty={{ title: kit.t('erp.bank.noLines'), hint: kit.t('erp.bank.noLinesHint') }}
        tools={list.tools}
        foot={list.foot}
        columns={columns}
      />
    </Card>
  );
}
