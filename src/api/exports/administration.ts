import type { PersonEntry } from '#access';
import { streamEvents } from '#audit';
import { exportOf } from '../export.ts';
import { AUDIT_COLUMNS, auditQuery } from '../views/audit-event.ts';
import { peopleRows } from '../views/person.ts';

/** Those who can sign in as a file. */
export const exportPeople = exportOf({
  name: 'exportPeople',
  permission: 'people:read',
  audit: { around: 'people.exported' },
  columns: {
    name: ({ name }: PersonEntry) => name,
    email: ({ email }) => email,
    role: ({ role }) => role,
    hasPassword: ({ hasPassword }) => hasPassword,
    createdAt: ({ createdAt }) => createdAt,
    signedInAt: ({ signedInAt }) => signedInAt,
    disabledAt: ({ disabledAt }) => disabledAt,
    id: ({ id }) => id,
  },
  async *pages({ query }, { database }) {
    yield await peopleRows(database.kysely, query);
  },
});

/** The audit log as a file, oldest first: the chain can be recomputed from it. */
export const exportAuditEvents = exportOf({
  name: 'exportAuditEvents',
  permission: 'audit:read',
  audit: { around: 'audit-events.exported' },
  columns: AUDIT_COLUMNS,
  pages: ({ query }, { database }) => streamEvents(database.kysely, auditQuery(query)),
});
