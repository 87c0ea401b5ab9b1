import type { ReactNode } from 'react';
import type { QueryOf } from '#api-contract';
import type { Column } from '../../shared/data-table.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { Chip, DayBox } from '../../shared/list-filters.tsx';
import type { Choice } from '../../shared/list-filters.tsx';
import { ListView } from '../../shared/list-view.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { ListHead } from './books.tsx';
import { useNamed, useWarehouseName } from './names.ts';
import type { Standing } from './standing.tsx';
import { useCursorList } from './use-cursor-list.tsx';
import type { Always, CursorRoute, RowOf } from './use-cursor-list.tsx';

const PARTIES = ['customer', 'supplier', 'party'] as const;

/** Filters that another page set: by name, with the way to drop them. */
function Chips({ filters }: { readonly filters: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  const party = PARTIES.find((name) => filters.includes(name) && search[name] !== undefined);
  const partyId = party === undefined ? undefined : search[party];
  const itemId = filters.includes('item') ? search['item'] : undefined;
  const houseId = filters.includes('warehouse') ? search['warehouse'] : undefined;
  const [partyNamed, itemNamed] = [useNamed('party', partyId), useNamed('item', itemId)];
  const houseOf = useWarehouseName();
  const format = useFormat();
  const lateOn = filters.includes('lateOn') ? search['lateOn'] : undefined;
  const plain = (['order', 'account', 'source', 'serial', 'run'] as const).filter(
    (name) => filters.includes(name) && search[name] !== undefined,
  );
  return (
    <>
      {party === undefined || partyId === undefined ? null : (
        <Chip name={party} label={t('erp.field.party')} text={partyNamed?.name ?? partyId} />
      )}
      {itemId === undefined ? null : (
        <Chip name="item" label={t('field.item')} text={itemNamed?.name ?? itemId} />
      )}
      {houseId === undefined ? null : (
        <Chip name="warehouse" label={t('erp.field.warehouse')} text={houseOf(houseId)} />
      )}
      {lateOn === undefined ? null : (
        <Chip name="lateOn" label={t('erp.lateOn')} text={format.day(lateOn)} />
      )}
      {plain.map((name) => (
        <Chip key={name} name={name} label={t(`erp.field.${name}`)} text={search[name] ?? ''} />
      ))}
    </>
  );
}

/** A list of the books: its neighbours, search, filters, rows, file, pages; all in the address. */
export function BooksList<Name extends CursorRoute>(props: {
  readonly list: ErpList;
  readonly route: Name;
  readonly filters: readonly string[];
  readonly searchAs?: keyof QueryOf<Name> & string;
  readonly searchLabel?: string;
  readonly always?: Always<Name>;
  readonly choices?: readonly Choice[];
  readonly columns: readonly Column<RowOf<Name>>[];
  readonly keyOf: (row: RowOf<Name>) => string;
  readonly sort?: string; // How it goes by itself.
  readonly sorts?: Readonly<Record<string, string>>; // What the API calls the order by a column.
  readonly emptyHint: string; // What to do next.
  readonly above?: ReactNode;
  readonly emptyAction?: ReactNode;
}): ReactNode {
  const { list, route, filters, searchAs, searchLabel, always, choices = [], emptyAction } = props;
  const { t } = useTranslation();
  const asked = useCursorList(route, {
    filters,
    file: list,
    ...(props.sort === undefined ? {} : { sort: props.sort }),
    ...(searchAs === undefined ? {} : { searchAs }),
    ...(always === undefined ? {} : { always }),
  });
  const columns = props.columns.map((column) => {
    const by = props.sorts?.[column.name];
    return by === undefined ? column : { ...column, sort: by };
  });
  const label = t(`erp.list.${list}`);
  return (
    <>
      <ListHead list={list} />
      {props.above}
      <ListView
        label={label}
        {...(searchLabel === undefined ? {} : { searchLabel })}
        choices={choices}
        filters={
          <>
            {filters.includes('from') ? <DayBox name="from" label={t('erp.from')} /> : null}
            {filters.includes('to') ? <DayBox name="to" label={t('erp.to')} /> : null}
            <Chips filters={filters.filter((one) => !choices.some(({ name }) => name === one))} />
          </>
        }
        list={asked}
        columns={columns}
        keyOf={props.keyOf}
        empty={{
          title: t('erp.emptyTitle', { list: label }),
          hint: props.emptyHint,
          ...(emptyAction === undefined ? {} : { action: emptyAction }),
        }}
        tools={asked.tools}
        foot={asked.foot}
      />
    </>
  );
}

/** The same where several standings together have a word: these first. */
export function useStandingsChoice(
  together: { readonly value: string; readonly label: string },
  of: readonly Standing[],
): Choice {
  const choice = useStandingChoice('status', of);
  return { ...choice, values: [together, ...choice.values] };
}

/** The choice among standings that a list can be narrowed to. */
export function useStandingChoice(name: string, of: readonly Standing[]): Choice {
  const { t } = useTranslation();
  const values = of.map((value) => ({ value, label: t(`erp.standing.${value}`) }));
  return { name, label: t('field.status'), values };
}
