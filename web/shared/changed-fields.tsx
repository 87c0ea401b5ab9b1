import type { ReactNode } from 'react';
import { DataTable, Nothing } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { useTranslation } from './i18n.ts';
import { jsonText } from './json-text.tsx';

const LINES_MOST = 6; // What is longer is folded.
const HEAD_MOST = 60;

/** A place in which two versions of something differ. */
export type FieldChange = {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

function Value({ of }: { readonly of: unknown }): ReactNode {
  if (of === undefined || of === null) return <Nothing />;
  const text = typeof of === 'string' ? of : jsonText(of);
  const [head = ''] = text.split('\n', 1);
  const code = <code className="rialto-value">{text}</code>;
  if (text.split('\n').length <= LINES_MOST) return code;
  return (
    <details className="rialto-unfolds">
      <summary>
        <code>{head.slice(0, HEAD_MOST)} …</code>
      </summary>
      {code}
    </details>
  );
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
