import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { JsonView, readJson } from './json-text.tsx';

type Exchange = ReplyOf<'listExchanges'>['items'][number];
type Shown = Pick<Exchange, 'at' | 'method' | 'url' | 'attempt' | 'durationMs'> & Partial<Exchange>;

/** What a transaction's story keeps of an exchange, when it is one. */
export function exchangeOf(value: unknown): Shown | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const isOne = ['method', 'url', 'at'].every(
    (name) => typeof Reflect.get(value, name) === 'string',
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the journal keeps nothing else.
  return isOne ? (value as Shown) : undefined;
}

/** A body as JSON where it is JSON, else as it came. */
function Body({ label, text }: { readonly label: string; readonly text: string | undefined }) {
  if (text === undefined || text === '') return null;
  const read = readJson(text);
  return (
    <>
      <h4>{label}</h4>
      <JsonView label={label} of={read.ok ? read.value : text} />
    </>
  );
}

function Headers(props: {
  readonly label: string;
  readonly of: Readonly<Record<string, string>> | undefined;
}): ReactNode {
  const { label, of } = props;
  const lines = Object.entries(of ?? {}).map(([name, value]) => `${name}: ${value}`);
  if (lines.length === 0) return null;
  return (
    <>
      <h4>{label}</h4>
      <JsonView label={label} of={lines.join('\n')} />
    </>
  );
}

/** A request and its answer as they went over the wire; secrets were masked before they were kept. */
export function ExchangeView({ of }: { readonly of: Shown }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const answered = of.status === undefined ? (of.failure ?? t('exchange.none')) : `${of.status}`;
  const isGood = of.status !== undefined && of.status < 400;
  const took = t('exchange.took', { ms: format.count(Math.round(of.durationMs)) });
  return (
    <details className="rialto-unfolds rialto-exchange">
      <summary>
        <span className={isGood ? 'rialto-good' : 'rialto-bad'}>{answered}</span> <b>{of.method}</b>{' '}
        <code>{of.url}</code>{' '}
        <span className="rialto-dim">
          {took}
          {of.attempt > 1 ? ` · ${t('exchange.attempt', { attempt: of.attempt })}` : ''} ·{' '}
          {format.moment(of.at)}
        </span>
      </summary>
      <div className="rialto-source">
        <Headers label={t('exchange.requestHeaders')} of={of.requestHeaders} />
        <Body label={t('exchange.request')} text={of.requestBody} />
        <Headers label={t('exchange.responseHeaders')} of={of.responseHeaders} />
        <Body label={t('exchange.response')} text={of.responseBody} />
        {of.failure === undefined ? null : <p className="rialto-bad">{of.failure}</p>}
      </div>
    </details>
  );
}
