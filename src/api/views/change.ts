import type { ReplyOf } from '#api-contract';
import type { Handle } from '#database';
import { historyOf } from '#records';
import type { Change } from '#records';
import type { ListQuery } from '../route.ts';
import { present, sourceOf } from './row.ts';

type RecordChange = ReplyOf<'listRecordChanges'>['items'][number];
type Query = ListQuery<'listRecordChanges'>;

/** A page of a record's changes, newest first unless asked otherwise. */
export async function changeRows(
  handle: Handle,
  recordId: string,
  query: Query & { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: RecordChange[]; readonly total: number }> {
  const { what, search, sort, offset, limit } = query;
  const oldestFirst = sort === 'position';
  const asked = { what, search, oldestFirst, offset, limit };
  const { rows, total } = await historyOf(handle, recordId, asked);
  return { rows: rows.map(shown), total };
}

const shown = (change: Change): RecordChange =>
  present({
    position: change.position.toString(),
    kind: change.kind,
    recordId: change.recordId,
    cause: change.cause,
    what: whatOf(change),
    changedFields: change.changedFields.map(({ field, before, after }) =>
      present({ field, before, after }),
    ),
    source: sourceOf(change.source),
    seenAt: change.seenAt,
    sourceAt: change.sourceAt,
  });

function whatOf(change: Change): 'created' | 'changed' | 'deleted' {
  if (change.before === undefined) return 'created';
  return change.after === undefined ? 'deleted' : 'changed';
}
