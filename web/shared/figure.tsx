import type { ReactNode } from 'react';
import type { Money } from '#api-contract';
import { Nothing } from './data-table.tsx';
import { useFormat } from './i18n.ts';

/** An amount with its currency, at the currency's scale. The exact text is in its title. */
export function Amount({ of }: { readonly of: Money | undefined }): ReactNode {
  const format = useFormat();
  if (of === undefined) return <Nothing />;
  return (
    <span className="rialto-figure" title={`${of.amount} ${of.currency}`}>
      {format.amount(of.amount, of.currency)} <span className="rialto-currency">{of.currency}</span>
    </span>
  );
}

/** A price with every digit its source states. */
export function Price({ of }: { readonly of: Money | undefined }): ReactNode {
  const format = useFormat();
  if (of === undefined) return <Nothing />;
  return (
    <span className="rialto-figure">
      {format.price(of.amount, of.currency)} <span className="rialto-currency">{of.currency}</span>
    </span>
  );
}

/** A calendar day. */
export function Day({ of }: { readonly of: string | undefined }): ReactNode {
  const format = useFormat();
  if (of === undefined) return <Nothing />;
  return (
    <time dateTime={of} className="rialto-figure">
      {format.day(of)}
    </time>
  );
}

/** Text a source may leave out. */
export function Maybe({ text }: { readonly text: string | undefined }): ReactNode {
  return text === undefined || text === '' ? <Nothing /> : text;
}
