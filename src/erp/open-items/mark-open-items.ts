import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { LocalDate } from '#kernel/time';
import type { OpenItemsProblemCode } from './errors.ts';
import type { Dispute } from './open-item.ts';

/** What people note on an item; what is left out stays. `null` ends a dispute. */
export type Mark = {
  readonly id: string;
  readonly version?: number; // As it was seen; another one now is refused.
  readonly dispute?: Dispute | null;
  readonly blocks?: readonly string[];
  readonly dunning?: { readonly level: number; readonly on: LocalDate };
};

type Code = OpenItemsProblemCode;

/** Notes disputes, blocks and reminders on items. Amounts never change here. */
export async function markOpenItems(
  tx: Handle,
  marks: readonly Mark[],
): Promise<readonly Result<{ readonly id: string; readonly version: number }, Code>[]> {
  const columns = {
    id: 'text',
    version: 'integer',
    sets_dispute: 'boolean',
    dispute: 'jsonb',
    blocks: 'jsonb',
    dunning_level: 'integer',
    dunned_on: 'date',
  } as const;
  const values = marks.map(({ id, version, dispute, blocks, dunning }) => ({
    id,
    version,
    sets_dispute: dispute !== undefined,
    dispute: dispute === undefined || dispute === null ? null : JSON.stringify(dispute),
    blocks: blocks === undefined ? null : JSON.stringify(blocks),
    dunning_level: dunning?.level,
    dunned_on: dunning?.on,
  }));
  const ids = marks.map(({ id }) => id);
  await rows(
    tx,
    sql`select id from erp_open_items.open_item where id = any(${ids}) order by id for update`,
  );
  const changed = await rows<{ id: string; version: number }>(
    tx,
    sql`update erp_open_items.open_item i set
        dispute = case when m.sets_dispute then m.dispute else i.dispute end,
        blocks = coalesce(m.blocks, i.blocks),
        dunning_level = coalesce(m.dunning_level, i.dunning_level),
        dunned_on = coalesce(m.dunned_on, i.dunned_on),
        version = i.version + 1
      from ${unnested('m', columns, values)}
      where i.id = m.id and (m.version is null or m.version = i.version)
      returning i.id, i.version`,
  );
  const versions = new Map(changed.map(({ id, version }) => [id, version]));
  const known = await rows<{ id: string }>(
    tx,
    sql`select id from erp_open_items.open_item where id = any(${ids})`,
  );
  const there = new Set(known.map(({ id }) => id));
  return marks.map(({ id }) => {
    const version = versions.get(id);
    if (version !== undefined) return accept({ id, version });
    return there.has(id)
      ? refuse('open-items.moved-on', 'it has been changed since it was seen', 'version')
      : refuse('open-items.no-such-item', `there is no open item ${id}`, 'id');
  });
}
