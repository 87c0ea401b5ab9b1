import type { RecordKind } from '#canonical';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Json } from '#kernel';
import { changedFields } from './changed-fields.ts';
import type { ChangedField } from './changed-fields.ts';
import { fingerprintOf, recordIdOf } from './record.ts';
import type { Draft } from './record.ts';

/** What applying drafts would do, field by field. */
export type Comparison = {
  readonly created: readonly Draft[];
  readonly changed: readonly { readonly draft: Draft; readonly fields: readonly ChangedField[] }[];
  readonly unchanged: number;
};

/** Compares drafts with the records as they stand. Writes nothing and holds no lock. */
export async function compareDrafts(
  handle: Handle,
  page: {
    readonly integration: string;
    readonly kind: RecordKind;
    readonly drafts: readonly Draft[];
  },
): Promise<Comparison> {
  const { integration, kind, drafts } = page;
  const ids = drafts.map(({ source }) => recordIdOf(integration, kind, source.key));
  const found = await rows<{ id: string; hash: string; content: Json }>(
    handle,
    sql`select id, encode(hash, 'hex') as hash, content from records.record where id = any(${ids})`,
  );
  const existing = new Map(found.map((row) => [row.id, row]));
  const created: Draft[] = [];
  const changed: { draft: Draft; fields: readonly ChangedField[] }[] = [];
  for (const [at, draft] of drafts.entries()) {
    const before = existing.get(ids[at] ?? '');
    if (before === undefined) created.push(draft);
    else if (before.hash !== fingerprintOf(draft.record).hash) {
      changed.push({ draft, fields: changedFields(before.content, draft.record.content) });
    }
  }
  return { created, changed, unchanged: drafts.length - created.length - changed.length };
}
