import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { useFormat, useLanguage, useTranslation } from '../../shared/i18n.ts';
import type { Choice } from '../../shared/list-filters.tsx';
import { ListView } from '../../shared/list-view.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { ListHead } from './books.tsx';
import { ExportRows } from './export-rows.tsx';

/** What rows are ordered by: the text of a column, by the column's name. */
type SortTexts<Row> = Readonly<Record<string, (row: Row) => string>>;

/** Rows in the order that an address asks for; figures in texts go by what they are worth. */
function ordered<Row>(
  rows: readonly Row[],
  { sort, texts, language }: { sort: string; texts: SortTexts<Row>; language: string },
): readonly Row[] {
  const textOf = texts[sort.replace(/^-/, '')];
  if (textOf === undefined) return rows;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const way = sort.startsWith('-') ? -1 : 1;
  return rows.toSorted((a, b) => way * compare(textOf(a), textOf(b)));
}

/** A list of the books that comes whole: searched, narrowed and ordered here, all in the address. */
export function WholeList<Row extends object>(props: {
  readonly list: ErpList;
  readonly found: UseQueryResult<{ readonly items: readonly Row[] }>;
  readonly searchLabel: string;
  readonly textOf: (row: Row) => string; // What the search looks at.
  readonly filters?: Readonly<Record<string, (row: Row, value: string) => boolean>>;
  readonly choices?: readonly Choice[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort?: string; // How it goes by itself; absent: as it came.
  readonly sorts: SortTexts<Row>;
  readonly emptyHint: string; // What to do next.
  readonly above?: ReactNode;
}): ReactNode {
  const { list, found, textOf, filters = {}, choices = [], sorts, keyOf, above } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const [search] = useUrl();
  const mayExport = useMay('records:export');
  const sort = search['sort'] ?? props.sort ?? '';
  const typed = search['search']?.toLocaleLowerCase(language) ?? '';
  const wanted = Object.entries(filters).flatMap(([name, fits]) => {
    const value = search[name];
    return value === undefined ? [] : [(row: Row) => fits(row, value)];
  });
  const fitting = (found.data?.items ?? []).filter(
    (row) =>
      textOf(row).toLocaleLowerCase(language).includes(typed) && wanted.every((fits) => fits(row)),
  );
  const rows = ordered(fitting, { sort, texts: sorts, language });
  const of = loadable(found);
  const page = { items: rows, total: rows.length, page: 1, pageSize: rows.length };
  const label = t(`erp.list.${list}`);
  return (
    <>
      <ListHead list={list} />
      {above}
      <ListView
        label={label}
        searchLabel={props.searchLabel}
        choices={choices}
        list={{
          of: of.state === 'ready' ? { ...of, data: page } : of,
          sort,
          filters: [...Object.keys(filters), 'search'],
          file: undefined,
        }}
        columns={props.columns.map((column) =>
          Object.hasOwn(sorts, column.name) ? { ...column, sort: column.name } : column,
        )}
        keyOf={keyOf}
        empty={{ title: t('erp.emptyTitle', { list: label }), hint: props.emptyHint }}
        tools={
          mayExport ? (
            <ExportRows name={list} read={() => Promise.resolve({ items: rows })} />
          ) : null
        }
        foot={
          <div className="rialto-paging">
            <span className="rialto-dim" role="status">
              {t('erp.rows', { count: rows.length, text: format.count(rows.length) })}
            </span>
          </div>
        }
      />
    </>
  );
}
