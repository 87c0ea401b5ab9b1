import { historyOf } from '#records';
import type { Change } from '#records';
import { route } from '../route.ts';
import { present, sourceOf } from '../views/row.ts';

/** Lists what happened to a record, newest first. */
export const listRecordChanges = route({
  name: 'listRecordChanges',
  summary: 'Lists what happened to a record, newest first.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params }, { database }) {
    const changes = await historyOf(database.kysely, params.id);
    return { items: changes.map(shown) };
  },
});

const shown = (change: Change) =>
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
