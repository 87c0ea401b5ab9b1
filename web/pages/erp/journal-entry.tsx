import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Nothing } from '../../shared/data-table.tsx';
import { sumOf } from '../../shared/exact.ts';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useSaid } from '../../shared/said.ts';
import { useMay } from '../../shared/use-may.ts';
import { useAccountName } from './accounts.ts';
import { callBooks, useBooks } from './ask-books.ts';
import { Acts, BookingForm } from './booking-form.tsx';
import { useColumnKit } from './columns.tsx';
import { useDocumentKind } from './document-flow.tsx';
import { useEntity, useToday } from './entity.ts';
import { DayField, Field } from './fields.tsx';
import { isAbove } from './left.ts';
import { Lines } from './lines.tsx';
import { DocumentLink, isShownKind, PartyLink, ToList } from './links.tsx';
import { ObjectPage } from './object-page.tsx';

type Entry = ReplyOf<'getJournalEntry'>;
type Line = Entry['lines'][number];

const without = (amount: string): string => amount.replace(/^-/, '');

function useLineColumns(entry: Entry | undefined): readonly Column<Line>[] {
  const kit = useColumnKit();
  const nameOf = useAccountName();
  const currency = entry?.currency ?? '';
  const isForeign = entry !== undefined && currency !== entry.companyCurrency;
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    {
      ...kit.own<Line>('erp.field.account', ({ account }) => (
        <ToList list="journal-entries" by={{ account }}>
          {account} {nameOf(account)}
        </ToList>
      )),
      wide: true,
      lead: true,
    },
    kit.own<Line>('erp.field.party', (line) =>
      line.party === undefined ? <Nothing /> : <PartyLink id={line.party} />,
    ),
    kit.text<Line>('erp.field.costCentre', ({ costCentre }) => costCentre),
    kit.amount<Line>(
      'erp.field.debit',
      ({ amount }) => (isAbove(amount) ? amount : null),
      () => currency,
    ),
    kit.amount<Line>(
      'erp.field.credit',
      ({ amount }) => (amount.startsWith('-') ? without(amount) : null),
      () => currency,
    ),
    ...(isForeign
      ? [kit.amount<Line>('erp.field.companyAmount', ({ companyAmount }) => companyAmount)]
      : []),
  ];
}

/** An entry by hand is taken back by one of its own; what a document booked, by that document. */
function Reverse({ of }: { readonly of: Entry }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [text, setText] = useState('');
  const on = day ?? today;
  return (
    <BookingForm
      title={t('erp.act.reverse')}
      about={t('erp.act.reverseAbout')}
      act={(key) =>
        callBooks('reverseJournalEntry', {
          params: { entity: code, id: of.id },
          body: { on, ...(text === '' ? {} : { text }) },
          key,
        })
      }
    >
      <DayField label={t('erp.field.postedOn')} value={on} onValue={setDay} named="on" />
      <Field
        label={t('erp.field.text')}
        value={text}
        onValue={setText}
        maxLength={500}
        optional
        named="text"
      />
    </BookingForm>
  );
}

function SourceOf({ of: { source } }: { readonly of: Entry }): ReactNode {
  const kindOf = useDocumentKind();
  const { kind, id, number } = source;
  if (source.area === 'ledger') return <Nothing />;
  return isShownKind(kind) ? (
    <>
      {kindOf(kind)} <DocumentLink kind={kind} id={id} number={number} />
    </>
  ) : (
    `${kindOf(kind)} ${number}`
  );
}

/** One journal entry: which accounts, which side, and what it books. */
export function JournalEntry({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const entry = useBooks('getJournalEntry', { params: { entity: code, id } });
  const columns = useLineColumns(entry.data);
  const said = useSaid();
  const mayPost = useMay('ledger:post');
  return (
    <Async of={loadable(entry)}>
      {(of) => (
        <ObjectPage
          list="journal-entries"
          kind="journal-entry"
          title={t('erp.kind.journal-entry')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('erp.field.amount'),
              <Amount
                key="sum"
                of={{
                  amount: sumOf(
                    of.lines.map(({ amount }) => amount).filter((amount) => isAbove(amount)),
                  ),
                  currency: of.currency,
                }}
              />,
            ],
            [t('erp.field.postedOn'), <Day key="posted" of={of.postedOn} />],
            [t('erp.field.period'), `${of.period} / ${of.fiscalYear}`],
            [t('field.kind'), t(`erp.entry.${of.kind}`)],
          ]}
          acts={
            <Acts>
              {mayPost && of.source.area === 'ledger' && of.status === 'posted' ? (
                <Reverse of={of} />
              ) : null}
            </Acts>
          }
        >
          <Lines of={of.lines} columns={columns} />
          <Card title={t('order.facts')}>
            <Facts
              of={[
                [t('erp.field.text'), said({ text: of.text, ...of.said })],
                [t('erp.field.source'), <SourceOf key="source" of={of} />],
                [t('erp.field.documentOn'), <Day key="day" of={of.documentOn} />],
              ]}
            />
          </Card>
        </ObjectPage>
      )}
    </Async>
  );
}
