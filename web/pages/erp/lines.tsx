import type { ReactNode } from 'react';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';

/** The lines of a document, and what they come to. */
export function Lines<Line extends { readonly number: number | string }>(props: {
  readonly of: readonly Line[];
  readonly columns: readonly Column<Line>[];
  readonly children?: ReactNode;
}): ReactNode {
  const { of, columns, children } = props;
  const { t } = useTranslation();
  return (
    <Card title={t('order.lines')}>
      <DataTable
        label={t('order.lines')}
        columns={columns}
        rows={of}
        keyOf={({ number }) => String(number)}
      />
      {children}
    </Card>
  );
}
