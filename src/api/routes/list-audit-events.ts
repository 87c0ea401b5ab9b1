import { listEvents } from '#audit';
import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { auditQuery, auditRows } from '../views/audit-event.ts';

/** Lists what people did, newest first. */
export const listAuditEvents = route({
  name: 'listAuditEvents',
  summary: 'Lists what people did, newest first.',
  permission: 'audit:read',
  audit: { none: 'changes nothing, and whoever reads it is an auditor' },
  errors: [],
  async handle({ query }, { database }) {
    const { page, pageSize, offset } = pageRequest(query);
    const found = await listEvents(database.kysely, {
      ...auditQuery(query),
      oldestFirst: query.sort === 'position',
      offset,
      limit: pageSize,
    });
    const items = await auditRows(database.kysely, found.rows);
    return { items, total: found.total, page, pageSize };
  },
});
