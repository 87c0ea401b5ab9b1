import type { ReplyOf } from '#api-contract';
import { AT, pageOf } from './company.ts';

/** The people and the audit log of the invented company. */
export const PEOPLE: ReplyOf<'listPeople'> = pageOf([
  {
    id: 'person_1',
    name: 'administrator',
    role: 'administrator',
    hasPassword: false,
    createdAt: AT,
    signedInAt: AT,
  },
  {
    id: 'person_2',
    name: 'Chiara Contarini',
    role: 'controller',
    email: 'chiara@example.com',
    hasPassword: true,
    createdAt: AT,
    disabledAt: AT,
  },
]);

export const ROLES: ReplyOf<'listRoles'> = {
  items: [
    {
      name: 'administrator',
      title: { en: 'Administrator', de: 'Administrator' },
      permissions: ['people:read', 'people:write'],
    },
    {
      name: 'controller',
      title: { en: 'Controller', de: 'Controlling' },
      permissions: ['questions:ask'],
    },
    { name: 'viewer', title: { en: 'Viewer', de: 'Lesen' }, permissions: ['records:read'] },
  ],
};

export const EVENTS: ReplyOf<'listAuditEvents'> = pageOf([
  {
    position: '2',
    at: AT,
    actor: 'person_1',
    actorName: 'administrator',
    action: 'people.added',
    outcome: 'done' as const,
    subject: 'person_2',
    subjectName: 'Chiara Contarini',
    route: 'POST /v1/people',
    details: { role: 'controller' },
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    hash: 'b'.repeat(64),
  },
  {
    position: '1',
    at: AT,
    actor: 'nobody',
    action: 'sessions.opened',
    outcome: 'failed' as const,
    subject: '-',
    details: {},
    traceId: '4bf92f3577b34da6a3ce929d0e0e4737',
    hash: 'a'.repeat(64),
  },
]);

export const VERDICT: ReplyOf<'verifyAudit'> = { ok: true, events: 2, head: 'b'.repeat(64) };

export const REBUILT: ReplyOf<'getRebuild'> = {
  last: {
    status: 'done',
    by: 'Ada',
    startedAt: '2026-11-20T08:00:00.000Z',
    finishedAt: '2026-11-20T08:00:04.000Z',
    result: {
      position: '1728',
      tables: [
        { table: 'dim_supplier', rows: 40, same: true },
        { table: 'fact_purchase_order_line', rows: 4714, same: true },
      ],
    },
  },
};

/** What people are called. */
export const NAMES: ReplyOf<'namePeople'> = {
  items: PEOPLE.items.map(({ id, name }) => ({ id, name })),
};
