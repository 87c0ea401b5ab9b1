import { route } from '../route.ts';

/** Shows a conflict: both versions, what they were made from, and what becomes of each field. */
export const getConflict = route({
  name: 'getConflict',
  summary: 'Shows a conflict with both versions and what becomes of each field.',
  permission: 'transactions:read',
  audit: { after: 'conflicts.shown' },
  errors: ['sync.no-conflict'],
  handle: ({ params }, { conflicts }) => conflicts.find(params.id),
});
