import type { ReactNode } from 'react';
import { Price } from '../../shared/figure.tsx';
import { useTranslation } from '../../shared/i18n.ts';

type Totals = {
  readonly currency: string;
  readonly net: string;
  readonly gross: string;
  readonly taxes: readonly {
    readonly code: string;
    readonly base: string;
    readonly amount: string;
  }[];
};

/** What an invoice comes to: net, each tax, gross. */
export function InvoiceTotals({ of }: { readonly of: Totals }): ReactNode {
  const { t } = useTranslation();
  const { currency } = of;
  const rows: readonly (readonly [string, string])[] = [
    [t('field.netAmount'), of.net],
    ...of.taxes.map(({ code, amount }): readonly [string, string] => [
      `${t('field.taxAmount')} ${code}`,
      amount,
    ]),
    [t('field.grossAmount'), of.gross],
  ];
  return (
    <div className="rialto-totals">
      <dl>
        {rows.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Price of={{ amount, currency }} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
