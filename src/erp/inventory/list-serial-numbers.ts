import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import type { MovementRow, MovementSource } from './movement.ts';

/** A piece with a serial number: where it is, or where it was last. */
export type SerialNumber = {
  readonly id: string;
  readonly item: string;
  readonly serial: string;
  // Unknown: nobody has followed it since its item had no serial numbers, or two lay where one was.
  readonly standing: 'in-stock' | 'left' | 'unknown';
  readonly warehouse: string;
  readonly location: string; // '' is none; so with batch and owner.
  readonly batch: string;
  readonly status: string;
  readonly owner: string;
  readonly lastMovement: {
    readonly id: string;
    readonly kind: MovementRow['kind'];
    readonly postedOn: LocalDate;
    readonly source: MovementSource; // With what it came there, or left.
  } | null; // A count found it where nobody knew its number.
};

const LIST = {
  table: 'erp_inventory.piece',
  alias: 'p',
  columns: { serial: 'serial', item: 'item', warehouse: 'warehouse' },
} as const;

/** Pieces that are in warehouses of a legal entity, or were there last; by serial number unless sorted. */
export const listSerialNumbers = (
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly item?: string | undefined;
    readonly warehouse?: string | undefined; // Where it is, or was last.
    readonly search?: string | undefined; // How the serial number begins.
    readonly inStock?: boolean | undefined;
    readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
    readonly after?: string | undefined; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly SerialNumber[]> => {
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'serial', filter.after);
  const conditions = [
    sql`w.legal_entity = ${filter.legalEntity}`,
    ...given(filter.item, (item) => sql<boolean>`p.item = ${item}`),
    ...given(filter.warehouse, (warehouse) => sql<boolean>`p.warehouse = ${warehouse}`),
    ...given(
      filter.search,
      (begins) => sql<boolean>`starts_with(lower(p.serial), ${begins.toLowerCase()})`,
    ),
    ...given(filter.inStock, (there) => sql<boolean>`p.is_in_stock = ${there}`),
    isAfter,
  ];
  return rows<SerialNumber>(
    handle,
    sql`select p.id, p.item, p.serial, p.warehouse, p.location, p.batch, p.status, p.owner,
        case when p.is_in_stock then 'in-stock' when m.quantity < 0 then 'left' else 'unknown' end
          as standing,
        case when m.id is not null then json_build_object('id', m.id, 'kind', m.kind,
          'postedOn', m.posted_on, 'source', json_build_object('area', m.source_area,
            'kind', m.source_kind, 'id', m.source_id, 'line', m.source_line)) end as "lastMovement"
      from erp_inventory.piece p join erp_inventory.warehouse w on w.id = p.warehouse
      left join erp_inventory.movement m on m.id = p.movement
      where ${sql.join(conditions, sql` and `)} order by ${order} ${atMost(filter.limit)}`,
  );
};

/** Where a free piece lies in a warehouse. */
export type FreePiece = Pick<SerialNumber, 'item' | 'warehouse' | 'serial' | 'location' | 'batch'>;

/** The free pieces of these items in these warehouses. */
export const freePieces = (
  handle: Handle,
  of: { readonly items: readonly string[]; readonly warehouses: readonly string[] },
): Promise<readonly FreePiece[]> =>
  rows<FreePiece>(
    handle,
    sql`select item, warehouse, serial, location, batch from erp_inventory.piece
      where is_in_stock and status = 'free' and item = any(${[...new Set(of.items)]})
        and warehouse = any(${[...new Set(of.warehouses)]})`,
  );
