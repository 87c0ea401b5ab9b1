import type { ReactNode } from 'react';
import { sumOf } from '../../../shared/exact.ts';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { FormLines } from '../forms/form-lines.tsx';
import { LineFields } from './line-fields.tsx';
import { emptyLine, netOf } from './order-line.ts';
import type { OrderDraft } from './use-order.ts';

type Lines = Pick<
  OrderDraft,
  'side' | 'isOffer' | 'lines' | 'setLines' | 'proposals' | 'choices' | 'currency'
> & {
  readonly named?: string; // What the request calls them.
  readonly least?: number; // How many have to stay.
};

const MOST = 500;

/** The lines of an order that is being written, and what they come to. */
export function OrderLines({ of }: { readonly of: Lines }): ReactNode {
  const { side, isOffer, lines, setLines: onLines, proposals, choices, currency } = of;
  const { named = 'lines', least = 1 } = of;
  const { t } = useTranslation();
  const format = useFormat();
  const nets = lines.flatMap((line, at) => netOf(line, proposals[at]) ?? []);
  return (
    <FormLines
      of={lines}
      onLines={onLines}
      empty={emptyLine}
      most={MOST}
      least={least}
      named={named}
      foot={
        lines.length === 0 ? null : (
          <p className="erp-form-total">
            {t('erp.form.netTotal')}{' '}
            <output aria-label={t('erp.form.netTotal')}>
              {format.amount(sumOf(nets), currency)} {currency}
            </output>
          </p>
        )
      }
    >
      {(line, at, onLine) => (
        <LineFields
          named={`${named}.${at}`}
          side={side}
          isOffer={isOffer}
          line={line}
          proposal={proposals[at]}
          currency={currency}
          choices={choices}
          onLine={onLine}
        />
      )}
    </FormLines>
  );
}
