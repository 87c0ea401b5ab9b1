import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import type { ItemsProblemCode } from './errors.ts';

/** A group of items; groups stand under groups. */
export type ItemGroup = {
  readonly code: string;
  readonly name: string;
  readonly parent?: string | undefined;
};

/** Creates groups; one may stand under another of the same call that comes before it. */
export async function createItemGroups(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ItemGroup[],
): Promise<readonly Result<{ code: string }, ItemsProblemCode>[]> {
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('erp_items.item_group', 0))`);
  const there = new Set((await listItemGroups(tx)).map(({ code }) => code));
  const made: ItemGroup[] = [];
  const decided = drafts.map((draft) => {
    const { code, name, parent } = draft;
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(code) || name.trim() === '') {
      return refuse('items.invalid' as const, 'a group has a short code and a name', 'code');
    }
    if (there.has(code)) return refuse('items.code-taken' as const, `group ${code} exists`, 'code');
    if (parent !== undefined && !there.has(parent)) {
      return refuse('items.unknown-group' as const, `there is no group ${parent}`, 'parent');
    }
    there.add(code);
    made.push(draft);
    return accept({ code });
  });
  await insertRows(
    tx,
    'erp_items.item_group',
    { code: 'text', name: 'text', parent: 'text', created_by: 'text', created_at: 'timestamptz' },
    made.map(({ code, name, parent }) => ({
      code,
      name: name.trim(),
      parent,
      created_by: context.by,
      created_at: context.clock(),
    })),
  );
  return decided;
}

/** Every group, by code. */
export async function listItemGroups(handle: Handle): Promise<readonly ItemGroup[]> {
  const found = await rows<{ code: string; name: string; parent: string | null }>(
    handle,
    sql`select code, name, parent from erp_items.item_group order by code`,
  );
  return found.map(({ parent, ...rest }) => ({ ...rest, parent: parent ?? undefined }));
}
