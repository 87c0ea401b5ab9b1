import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useRefusal } from '../../../shared/refusals.tsx';

/** One line of something that is being written, and the way to drop it. */
export function FormLine(props: {
  readonly at: number;
  readonly named?: string; // What the request calls the lines.
  readonly onDrop?: () => void; // Absent: it has to stay.
  readonly children: ReactNode;
}): ReactNode {
  const { at, named = 'lines', onDrop, children } = props;
  const { t } = useTranslation();
  const refusal = useRefusal(`${named}.${at}`);
  return (
    <fieldset className="erp-form-line">
      <legend>
        {t(named === 'added' ? 'erp.form.addedLine' : 'erp.form.line', { line: at + 1 })}
      </legend>
      <div className="erp-form-grid">{children}</div>
      {refusal === undefined ? null : <p className="rialto-bad">{refusal}</p>}
      {onDrop === undefined ? null : (
        <Button variant="subtle" size="compact-xs" onClick={onDrop}>
          {t('erp.form.dropLine', { line: at + 1 })}
        </Button>
      )}
    </fieldset>
  );
}
