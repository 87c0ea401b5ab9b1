import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { sumOf } from '../../../shared/exact.ts';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { FormLine } from '../forms/form-line.tsx';
import { LineFields } from './line-fields.tsx';
import { emptyLine, netOf } from './order-line.ts';
import type { OrderDraft } from './use-order.ts';

const MOST = 500;

/** The lines of an order that is being written, and what they come to. */
export function OrderLines({ of }: { readonly of: OrderDraft }): ReactNode {
  const { side, isOffer, lines, setLines: onLines, proposals, choices, currency } = of;
  const { t } = useTranslation();
  const format = useFormat();
  const nets = lines.flatMap((line, at) => netOf(line, proposals[at]) ?? []);
  const next = Math.max(0, ...lines.map(({ key }) => key)) + 1;
  return (
    <div className="erp-form-lines">
      {lines.map((line, at) => (
        <FormLine
          key={line.key}
          at={at}
          {...(lines.length === 1
            ? {}
            : { onDrop: () => onLines(lines.filter(({ key }) => key !== line.key)) })}
        >
          <LineFields
            at={at}
            side={side}
            isOffer={isOffer}
            line={line}
            proposal={proposals[at]}
            currency={currency}
            choices={choices}
            onLine={(changed) =>
              onLines(lines.map((one) => (one.key === line.key ? changed : one)))
            }
          />
        </FormLine>
      ))}
      <div className="erp-form-foot">
        <Button
          variant="default"
          size="xs"
          disabled={lines.length >= MOST}
          onClick={() => onLines([...lines, emptyLine(next)])}
        >
          {t('erp.form.addLine')}
        </Button>
        <p className="erp-form-total">
          {t('erp.form.netTotal')}{' '}
          <output aria-label={t('erp.form.netTotal')}>
            {format.amount(sumOf(nets), currency)} {currency}
          </output>
        </p>
      </div>
    </div>
  );
}
