import { rows, sql } from '#database';
import type { Handle } from '#database';
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

/** What documents of inventory's own took in, by document and line. */
export const takenInBy = async (
  handle: Handle,
  documents: readonly string[],
): Promise<readonly TakenIn[]> =>
  (
    await rows<{ one: TakenIn }>(
      handle,
      sql`select jsonb_strip_nulls(jsonb_build_object('document', d.id, 'number', d.number,
          'line', m.source_line::integer, 'value', m.value::text, 'variance', m.variance::text,
          'isReversed', exists (select from erp_inventory.movement r where r.reversal_of = m.id),
          'promised', p.reserved::text, 'movedOn', n.posted_on, 'movedAs', n.kind)) as one
        from erp_inventory.document d
        join erp_inventory.movement m on m.source_id = d.id
        join erp_inventory.position p on p.item = m.item and p.warehouse = m.warehouse
        left join lateral (
          select l.kind, l.posted_on from erp_inventory.movement l
          where l.item = m.item and l.warehouse = m.warehouse and l.sequence > m.sequence
            and (l.quantity < 0 or l.kind = 'revaluation') and l.reversal_of is null
            and not exists (select from erp_inventory.movement r where r.reversal_of = l.id)
          order by l.sequence limit 1) n on true
        where d.id = any(${[...documents]}) and m.source_area = 'inventory'
          and m.reversal_of is null
        order by m.sequence`,
    )
  ).map(({ one }) => one);

/** Which of these items something was moved of that still stands, or is promised. */
export async function itemsMoved(
  handle: Handle,
  items: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ item: string }>(
    handle,
    sql`select k.item from unnest(${[...items]}::text[]) as k(item)
      where exists (select from erp_inventory.position p where p.item = k.item and p.reserved > 0)
        or exists (select from erp_inventory.movement m
          where m.item = k.item and m.reversal_of is null and not exists
            (select from erp_inventory.movement r where r.reversal_of = m.id))`,
  );
  return new Set(found.map(({ item }) => item));
}
