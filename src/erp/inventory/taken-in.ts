import { rows, sql } from '#database';
import type { Handle } from '#database';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What a line of a document took in, and whether the stock that it went to has gone on since. */
export type TakenIn = {
  readonly document: string;
  readonly number: string; // Of the document.
  readonly line: number;
  readonly value: Decimal; // Company currency, with the variance beside it.
  readonly variance: Decimal;
  readonly isReversed: boolean;
  readonly promised: Decimal; // Of the item in the warehouse, by whatever came in.
  readonly movedOn?: LocalDate; // When something of it was first taken out or valued anew.
  readonly movedAs?: string; // What that was.
};

type Came = Omit<TakenIn, 'isReversed' | 'promised' | 'movedOn' | 'movedAs'> & {
  readonly id: string;
  readonly item: string;
  readonly warehouse: string;
  readonly sequence: number;
};
type Left = Pick<Came, 'id' | 'item' | 'warehouse' | 'sequence'> & {
  readonly kind: string;
  readonly postedOn: LocalDate;
};

// Each question is asked once for all, and put together here: what PostgreSQL takes for empty, as after
// a dry run, it would join row by row through the whole table.

/** What documents of inventory's own took in, by document and line. */
export async function takenInBy(
  handle: Handle,
  documents: readonly string[],
): Promise<readonly TakenIn[]> {
  const came = await rows<Came>(
    handle,
    sql`select m.id, m.item, m.warehouse, m.sequence::float8 as sequence, d.id as document, d.number,
        m.source_line::integer as line, m.value::text as value, m.variance::text as variance
      from erp_inventory.document d join erp_inventory.movement m on m.source_id = d.id
      where d.id = any(${[...documents]}) and m.source_area = 'inventory' and m.reversal_of is null
      order by m.sequence`,
  );
  const items = [...new Set(came.map(({ item }) => item))];
  const left = await rows<Left>(
    handle,
    sql`select id, item, warehouse, sequence::float8 as sequence, kind, posted_on as "postedOn"
      from erp_inventory.movement
      where item = any(${items}) and (quantity < 0 or kind = 'revaluation') and reversal_of is null
      order by sequence`,
  );
  const reversed = await reversedOf(
    handle,
    [...came, ...left].map(({ id }) => id),
  );
  const standing = Map.groupBy(
    left.filter(({ id }) => !reversed.has(id)),
    placeOf,
  );
  const promised = new Map(
    (
      await rows<{ item: string; warehouse: string; reserved: Decimal }>(
        handle,
        sql`select item, warehouse, reserved::text as reserved from erp_inventory.position
          where item = any(${items}) and reserved > 0`,
      )
    ).map((one) => [placeOf(one), one.reserved]),
  );
  return came.map(({ id, item, warehouse, sequence, ...one }): TakenIn => {
    const place = placeOf({ item, warehouse });
    const moved = standing.get(place)?.find((later) => later.sequence > sequence);
    return {
      ...one,
      isReversed: reversed.has(id),
      promised: promised.get(place) ?? decimal('0'),
      ...(moved === undefined ? {} : { movedOn: moved.postedOn, movedAs: moved.kind }),
    };
  });
}

/** Which of these items something was moved of that still stands, or is promised. */
export async function itemsMoved(
  handle: Handle,
  items: readonly string[],
): Promise<ReadonlySet<string>> {
  const moved = await rows<{ id: string; item: string }>(
    handle,
    sql`select id, item from erp_inventory.movement
      where item = any(${[...items]}) and reversal_of is null`,
  );
  const promised = await rows<{ item: string }>(
    handle,
    sql`select item from erp_inventory.position where item = any(${[...items]}) and reserved > 0`,
  );
  const reversed = await reversedOf(
    handle,
    moved.map(({ id }) => id),
  );
  const standing = moved.filter(({ id }) => !reversed.has(id));
  return new Set([...standing, ...promised].map(({ item }) => item));
}

const placeOf = ({ item, warehouse }: Pick<Came, 'item' | 'warehouse'>): string =>
  `${item} ${warehouse}`;

/** Which of these movements were taken back. */
async function reversedOf(handle: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    handle,
    sql`select reversal_of as id from erp_inventory.movement where reversal_of = any(${[...ids]})`,
  );
  return new Set(found.map(({ id }) => id));
}
