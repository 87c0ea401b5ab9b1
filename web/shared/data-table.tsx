import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from './i18n.ts';

/** A column: how it is called, what it shows, and what the server sorts by when asked. */
export type Column<Row> = {
  readonly name: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly sort?: string;
  readonly end?: boolean; // Figures: set against the right edge.
  readonly wide?: boolean; // May wrap.
  readonly quiet?: boolean; // Of less weight than its neighbours.
  readonly lead?: boolean; // Heads the card that a row is on a narrow screen, if not the first.
};

export type Sorting = {
  readonly by: string | undefined; // 'name' or '-name'.
  readonly onChange: (by: string) => void;
};

const directionOf = (sort: string, by: string | undefined) => {
  if (by === sort) return 'ascending';
  return by === `-${sort}` ? 'descending' : 'none';
};

function SortButton(props: {
  readonly title: string;
  readonly sort: string;
  readonly sorting: Sorting;
}): ReactNode {
  const { title, sort, sorting } = props;
  const direction = directionOf(sort, sorting.by);
  const next = direction === 'ascending' ? `-${sort}` : sort;
  return (
    <button type="button" className="rialto-sort" onClick={() => sorting.onChange(next)}>
      {title}
      {direction === 'ascending' ? <IconUp size={13} aria-hidden /> : null}
      {direction === 'descending' ? <IconDown size={13} aria-hidden /> : null}
    </button>
  );
}

const cellClass = (column: Pick<Column<never>, 'end' | 'wide' | 'quiet' | 'lead'>): string =>
  [
    column.lead === true ? 'is-lead' : '',
    column.end === true ? 'is-end' : '',
    column.wide === true ? 'is-wide' : '',
    column.quiet === true ? 'is-quiet' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');

/** Rows and columns; on a narrow screen each row is a card that names its fields. */
export function DataTable<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, at: number) => string;
  readonly sorting?: Sorting;
  readonly rowState?: (row: Row) => string | undefined;
  readonly foot?: ReactNode;
}): ReactNode {
  const { label, columns, rows, keyOf, sorting, rowState, foot } = props;
  return (
    <section className="rialto-scroll" aria-label={label} tabIndex={0}>
      <table className="rialto-table" role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                role="columnheader"
                className={cellClass(column)}
                {...(column.sort === undefined || sorting === undefined
                  ? {}
                  : { 'aria-sort': directionOf(column.sort, sorting.by) })}
              >
                {column.sort === undefined || sorting === undefined ? (
                  column.title
                ) : (
                  <SortButton title={column.title} sort={column.sort} sorting={sorting} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, at) => (
            <tr
              key={keyOf(row, at)}
              role="row"
              data-state={rowState?.(row)}
              data-led={columns.some((column) => column.lead === true) || undefined}
            >
              {columns.map((column) => (
                <td
                  key={column.name}
                  role="cell"
                  data-label={column.title}
                  className={cellClass(column)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot}
      </table>
    </section>
  );
}

/** Stands where a source says nothing. */
export function Nothing(): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="rialto-nothing">
      <span aria-hidden>–</span>
      <span className="rialto-hidden">{t('state.nothing')}</span>
    </span>
  );
}
