import { insertRows, rows, send, sql, unnested } from '#database';
import type { Handle } from '#database';

/** A document of any area. */
export type DocumentRef = { readonly kind: string; readonly id: string; readonly number: string };

/** One document came of another. */
export type DocumentLink = { readonly from: DocumentRef; readonly to: DocumentRef };

const DEPTH_MAX = 20;

const COLUMNS = {
  from_kind: 'text',
  from_id: 'text',
  from_number: 'text',
  to_kind: 'text',
  to_id: 'text',
  to_number: 'text',
} as const;

const rowOf = ({ from, to }: DocumentLink) => ({
  from_kind: from.kind,
  from_id: from.id,
  from_number: from.number,
  to_kind: to.kind,
  to_id: to.id,
  to_number: to.number,
});

/** Writes down what documents that were made just now came of, each link once: nobody knows them yet. */
export const linkNewDocuments = (tx: Handle, links: readonly DocumentLink[]): Promise<void> =>
  insertRows(tx, 'erp_company.document_link', COLUMNS, links.map(rowOf));

/** Writes down what became of what. A link that is there stays. */
export async function linkDocuments(tx: Handle, links: readonly DocumentLink[]): Promise<void> {
  if (links.length === 0) return;
  await send(
    tx,
    sql`insert into erp_company.document_link
        (from_kind, from_id, from_number, to_kind, to_id, to_number)
      select from_kind, from_id, from_number, to_kind, to_id, to_number
      from ${unnested('draft', COLUMNS, links.map(rowOf))} on conflict do nothing`,
  );
}

/** Takes links away that hold no more: what was linked is there, and did not come of the other. */
export async function unlinkDocuments(tx: Handle, links: readonly DocumentLink[]): Promise<void> {
  if (links.length === 0) return;
  await send(
    tx,
    sql`select erp_company.unlink_documents(from_kind, from_id, to_kind, to_id)
      from ${unnested('gone', COLUMNS, links.map(rowOf))}`,
  );
}

/** The documents of a kind that came directly of a document. */
export const documentsFrom = (
  handle: Handle,
  fromId: string,
  toKind: string,
): Promise<DocumentRef[]> =>
  rows<DocumentRef>(
    handle,
    sql`select to_kind as kind, to_id as id, to_number as number from erp_company.document_link
      where from_id = ${fromId} and to_kind = ${toKind} order by to_number`,
  );

/** Every link that a document hangs together with: what it came of, what came of it, and so on. */
export async function documentFlow(
  handle: Handle,
  kind: string,
  id: string,
): Promise<DocumentLink[]> {
  const found = await rows<{
    from_kind: string;
    from_id: string;
    from_number: string;
    to_kind: string;
    to_id: string;
    to_number: string;
  }>(
    handle,
    sql`with recursive before as (
        select ${kind}::text as kind, ${id}::text as id, 0 as depth
        union
        select l.from_kind, l.from_id, before.depth + 1
        from before join erp_company.document_link l
          on l.to_id = before.id and l.to_kind = before.kind
        where before.depth < ${DEPTH_MAX}
      ), after as (
        select distinct kind, id, 0 as depth from before
        union
        select l.to_kind, l.to_id, after.depth + 1
        from after join erp_company.document_link l
          on l.from_id = after.id and l.from_kind = after.kind
        where after.depth < ${DEPTH_MAX}
      )
      select distinct l.* from erp_company.document_link l
      join (select distinct kind, id from after) a on a.id = l.from_id and a.kind = l.from_kind
      join (select distinct kind, id from after) b on b.id = l.to_id and b.kind = l.to_kind
      order by from_kind, from_id, to_kind, to_id limit 1000`,
  );
  return found.map((row) => ({
    from: { kind: row.from_kind, id: row.from_id, number: row.from_number },
    to: { kind: row.to_kind, id: row.to_id, number: row.to_number },
  }));
}
