import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { MovementRow, StockDraft } from './movement.ts';
import type { Booked } from './stock-state.ts';

type Row = Omit<MovementRow, 'reason' | 'reversalOf' | 'pair'> & {
  readonly reason: string | null;
  readonly reversalOf: string | null;
  readonly pair: string | null;
  readonly reversed: boolean;
  readonly uses: readonly { id: string; quantity: Decimal; value: Decimal }[] | null;
};

/** The movements that drafts take back or correct, with the other legs of theirs. */
export async function readBooked(
  tx: Handle,
  legalEntity: string,
  drafts: readonly StockDraft[],
): Promise<Map<string, Booked>> {
  const ids = drafts.flatMap((draft) => ('movement' in draft ? draft.movement : []));
  if (ids.length === 0) return new Map();
  const found = await rows<Row>(
    tx,
    sql`with wanted as (select id, pair from erp_inventory.movement
        where id = any(${[...new Set(ids)]}) and legal_entity = ${legalEntity})
      select m.id, m.kind, m.item, m.warehouse, m.location, m.batch, m.status, m.owner, m.quantity,
        m.value, m.variance, m.serials, m.posted_on as "postedOn", m.reason,
        json_build_object('area', m.source_area, 'kind', m.source_kind, 'id', m.source_id,
          'line', m.source_line) as source,
        m.reversal_of as "reversalOf", m.pair,
        exists (select from erp_inventory.movement r where r.reversal_of = m.id) as reversed,
        (select json_agg(json_build_object('id', u.layer, 'quantity', u.quantity::text,
            'value', u.value::text))
          from erp_inventory.layer_use u where u.movement = m.id) as uses
      from erp_inventory.movement m
      where m.id in (select id from wanted) or m.pair in (select pair from wanted)`,
  );
  return new Map(
    found.map((row) => [
      row.id,
      {
        ...row,
        reason: row.reason ?? undefined,
        reversalOf: row.reversalOf ?? undefined,
        pair: row.pair ?? undefined,
        uses: row.uses ?? [],
      },
    ]),
  );
}
