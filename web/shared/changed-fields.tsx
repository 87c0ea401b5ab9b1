import type { ReactNode } from 'react';
import { DataTable, Nothing } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { useTranslation } from './i18n.ts';
import { jsonText } from './json-text.tsx';

/** A place in which two versions of something differ. */
export type FieldChange = {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

function Value({ of }: { readonly of: unknown }): ReactNode {
  if (of === undefined || of === null) return <Nothing />;
  return <code className="rialto-value">{typeof of === 'string' ? of : jsonText(of)}</code>;
}

function useColumns(before: string, after: string): readonly Column<FieldChange>[] {
  const { t } = useTranslation();
  return [
    { name: 'field', title: t('act.field'), cell: ({ field }) => <code>{field}</code> },
    { name: 'before', title: before, wide: true, cell: (row) => <Value of={row.before} /> },
    { name: 'after', title: after, wide: true, cell: (row) => <Value of={row.after} /> },
  ];
}

/** Two versions beside each other, field by field. */
export function ChangedFields(props: {
  readonly label: string;
  readonly before: string; // What each side is called.
  readonly after: string;
  readonly of: readonly FieldChange[];
}): ReactNode {
  const { label, before, after, of } = props;
  return (
    <DataTable
      label={label}
      columns={useColumns(before, after)}
      rows={of}
      keyOf={({ field }, at) => `${field} ${at}`}
    />
  );
}
