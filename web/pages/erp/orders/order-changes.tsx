import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { isDecimal } from '../../../shared/exact.ts';
import { Card } from '../../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { PersonName } from '../../../shared/person-name.tsx';

type Event = ReplyOf<'getSalesOrderHistory'>['items'][number];
type Difference = readonly [string, unknown, unknown];

const FIELDS = [
  'ordered',
  'unitPrice',
  'priceBase',
  'net',
  'discountPercent',
  'requestedOn',
  'promisedOn',
  'isFinal',
  'isCancelled',
  'paymentTerms',
  'incoterm',
  'requester',
  'text',
  'salesperson',
  'channel',
  'customerReference',
] as const;

const partsOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** What was before and after of each field, as the history keeps it: [before, after]. */
const differencesOf = (fields: unknown): readonly Difference[] =>
  partsOf(fields).flatMap(([field, both]) =>
    Array.isArray(both) && both.length === 2 ? [[field, both[0], both[1]] as const] : [],
  );

function useWritten(): (value: unknown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (value) => {
    if (typeof value === 'boolean') return t(value ? 'erp.changes.yes' : 'erp.changes.no');
    if (typeof value !== 'string') return '–';
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value);
    if (value === '') return '–';
    return isDecimal(value) ? format.decimal(value) : value;
  };
}

function Changed(props: { readonly name: string; readonly of: readonly Difference[] }): ReactNode {
  const { name, of } = props;
  const { t } = useTranslation();
  const written = useWritten();
  const wordOf = (field: string): string => {
    const known = FIELDS.find((one) => one === field);
    return known === undefined ? field : t(`erp.changes.field.${known}`);
  };
  return (
    <li>
      {name}:{' '}
      {of.map(([field, before, after], at) => (
        <span key={field}>
          {at === 0 ? '' : ', '}
          {wordOf(field)} <del>{written(before)}</del> → <ins>{written(after)}</ins>
        </span>
      ))}
    </li>
  );
}

type Added = Readonly<Record<'text' | 'quantity' | 'unitPrice', string>> & {
  readonly number: number;
};
const isAdded = (one: unknown): one is Added =>
  typeof one === 'object' && one !== null && 'number' in one && 'quantity' in one;

/** The lines that came to an order, as its history keeps them. */
const addedIn = (value: unknown): readonly Added[] =>
  Array.isArray(value) ? value.filter(isAdded) : [];

function Entry({ of: { detail, by, at } }: { readonly of: Event }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const net = differencesOf({ net: detail['net'] });
  const header = differencesOf(detail['header']);
  const reason = detail['reason'];
  return (
    <li>
      <b>{typeof reason === 'string' && reason !== '' ? reason : t('erp.deed.order-changed')}</b>{' '}
      <span className="rialto-dim">
        <time dateTime={at}>{format.moment(at)}</time> · <PersonName of={by} />
      </span>
      <ul className="rialto-plain">
        {partsOf(detail['lines']).map(([line, fields]) => (
          <Changed
            key={line}
            name={t('erp.changes.line', { line })}
            of={differencesOf(fields).filter(([field]) => field !== 'net')}
          />
        ))}
        {header.length === 0 ? null : <Changed name={t('erp.changes.whole')} of={header} />}
        {addedIn(detail['added']).map(({ number, text, unitPrice, quantity }) => (
          <li key={number}>
            {t('erp.changes.added', { line: number })}: {text} · {format.decimal(quantity)} ×{' '}
            {format.decimal(unitPrice)}
          </li>
        ))}
        {net.length === 0 ? null : <Changed name={t('erp.changes.net')} of={net} />}
      </ul>
    </li>
  );
}

/** How an order was changed since it was written: what was before and after, and why. */
export function OrderChanges({ of }: { readonly of: readonly Event[] | undefined }): ReactNode {
  const { t } = useTranslation();
  const changes = (of ?? []).filter(({ action }) => action === 'changed').toReversed();
  if (changes.length === 0) return null;
  return (
    <Card title={t('erp.changes.title')}>
      <ol className="erp-history">
        {changes.map((event) => (
          <Entry key={`${event.at} ${String(event.detail['version'])}`} of={event} />
        ))}
      </ol>
    </Card>
  );
}
