import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Side } from './open-item.ts';

/** What parties owe now, or are owed, in the company's currency; nobody who is even is named. */
export async function owedBy(
  handle: Handle,
  of: { readonly legalEntity: string; readonly side: Side; readonly parties: readonly string[] },
): Promise<ReadonlyMap<string, Decimal>> {
  const found = await rows<{ party: string; amount: Decimal }>(
    handle,
    sql`select party, sum((company_amount - company_cleared)
        * case effect when 'raises' then 1 else -1 end)::text as amount
      from erp_open_items.open_item
      where legal_entity = ${of.legalEntity} and side = ${of.side}
        and party = any(${[...of.parties]}) and cleared < amount
      group by party`,
  );
  return new Map(found.map(({ party, amount }) => [party, amount]));
}
