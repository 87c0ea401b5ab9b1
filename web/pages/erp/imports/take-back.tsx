import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActForm } from '../../../shared/act-form.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { PersonName } from '../../../shared/person-name.tsx';
import { useSaid } from '../../../shared/said.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { newKey } from '../booking-key.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DayField, ReasonField } from '../fields.tsx';
import { OPENING_KINDS } from './import-kinds.ts';
import { Totals } from './import-report.tsx';
import type { Import } from './import-report.tsx';

type Tried = ReplyOf<'tryTakeBackImport'>;
type Held = Tried['held'][number];
type Reversed = Tried['documents'][number];

const HELD_SHOWN = 50;

/** Which documents were reversed by which, or would be. */
function Documents({ of }: { readonly of: readonly Reversed[] }): ReactNode {
  const kit = useColumnKit();
  if (of.length === 0) return null;
  return (
    <DataTable
      label={kit.t('erp.imports.back.documents')}
      rows={of}
      keyOf={({ number }) => number}
      columns={[
        {
          ...kit.text<Reversed>('erp.imports.back.document', ({ kind, number }) =>
            kit.t(`erp.imports.back.kind.${kind}`, { number }),
          ),
          lead: true,
        },
        kit.text<Reversed>('erp.imports.back.reversedBy', ({ reversedBy }) => reversedBy),
      ]}
    />
  );
}

/** Which lines cannot be taken back any more, each with its reason. */
function HeldLines({ of }: { readonly of: Tried }): ReactNode {
  const kit = useColumnKit();
  const said = useSaid();
  return (
    <>
      <p className="rialto-bad">
        {kit.t('erp.imports.back.held', { lines: kit.format.count(of.heldLines) })}
      </p>
      <DataTable
        label={kit.t('erp.imports.lines')}
        rows={of.held.slice(0, HELD_SHOWN)}
        keyOf={({ line }) => String(line)}
        columns={[
          kit.own<Held>('field.line', ({ line }) => line),
          { ...kit.text<Held>('erp.field.key', ({ key }) => key), lead: true },
          {
            ...kit.text<Held>('erp.imports.why', ({ message, code }) =>
              said({ text: message, code }),
            ),
            wide: true,
          },
        ]}
      />
    </>
  );
}

/** What taking back would do, in words before it is done. */
function WouldDo({ of, kind }: { readonly of: Tried; readonly kind: Import['kind'] }): ReactNode {
  const kit = useColumnKit();
  const said = useSaid();
  const rule = kind === 'prices' ? 'prices' : OPENING_KINDS.has(kind) ? 'posted' : 'records';
  if (of.heldLines > 0) return <HeldLines of={of} />;
  if (of.problems.length > 0) {
    return of.problems.map(({ code, message }) => (
      <p key={code} className="rialto-bad">
        {said({ text: message, code })}
      </p>
    ));
  }
  return (
    <>
      <p>
        {kit.t(`erp.imports.back.would.${rule}`, {
          lines: kit.format.count(of.lines),
          day: kit.format.day(of.on),
        })}
      </p>
      <Documents of={of.documents} />
      <Totals of={of.totals} />
    </>
  );
}

/** Takes back what was tried, with a reason that is kept. */
function WithReason(props: {
  readonly act: (how: { readonly reason: string; readonly key: string }) => Promise<unknown>;
}): ReactNode {
  const { t } = useColumnKit();
  const [reason, setReason] = useState('');
  const [key] = useState(newKey);
  const title = t('erp.imports.back.title');
  return (
    <ActForm
      main
      label={title}
      submit={title}
      act={() => props.act({ reason: reason.trim(), key })}
    >
      <ReasonField value={reason} onValue={setReason} />
    </ActForm>
  );
}

/** Takes an import back: first tried, which says what would be reversed and what cannot be; then done. */
export function TakeBackImport({ of }: { readonly of: Import }): ReactNode {
  const { t } = useColumnKit();
  const { code: entity } = useEntity();
  const [day, setDay] = useState(of.openingOn);
  const [tried, setTried] = useState<Tried>();
  const mayTakeBack = useMay('imports:write');
  if (!mayTakeBack || of.status !== 'booked') return null;
  const params = { entity, id: of.id };
  const on = day === undefined || day === '' ? {} : { on: day };
  const isClear = tried?.heldLines === 0 && tried.problems.length === 0;
  return (
    <Card title={t('erp.imports.back.title')}>
      <div className="erp-report rialto-stack">
        <ActForm
          label={t('erp.imports.back.try')}
          submit={t('erp.imports.back.try')}
          done={t('erp.imports.back.tried')}
          act={async () => setTried(await callBooks('tryTakeBackImport', { params, body: on }))}
        >
          <p className="rialto-dim">{t('erp.imports.back.about')}</p>
          {day === undefined ? null : (
            <DayField
              label={t('erp.imports.back.on')}
              value={day}
              onValue={(value) => {
                setDay(value);
                setTried(undefined); // What was tried was tried on another day.
              }}
              named="on"
            />
          )}
        </ActForm>
        {tried === undefined ? null : (
          <div role="status" className="rialto-stack">
            <WouldDo of={tried} kind={of.kind} />
          </div>
        )}
        {isClear ? (
          <WithReason
            act={({ reason, key }) =>
              callBooks('takeBackImport', { params, body: { ...on, reason }, key })
            }
          />
        ) : null}
      </div>
    </Card>
  );
}

/** That an import was taken back: when, by whom, why, and by which documents. */
export function TakenBack({ of }: { readonly of: NonNullable<Import['takenBack']> }): ReactNode {
  const { t, format } = useColumnKit();
  return (
    <Card title={t('erp.imports.back.done')}>
      <Facts
        of={[
          [t('erp.imports.when'), format.moment(of.at)],
          [t('erp.imports.by'), <PersonName key="by" of={of.by} />],
          [t('act.reason'), of.reason],
          [t('erp.imports.back.on'), <Day key="on" of={of.on} />],
          [t('erp.imports.lines'), format.count(of.lines)],
        ]}
      />
      <div className="erp-report rialto-stack">
        <Documents of={of.documents} />
        <Totals of={of.totals} />
      </div>
    </Card>
  );
}
