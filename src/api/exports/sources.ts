import type { Drift, Exchange, Integration, QuarantineItem, ReplyOf, Run } from '#api-contract';
import type { ScheduleRow } from '#api-contract/connection';
import { canonicalJson } from '#kernel';
import { allPages, exportOf } from '../export.ts';
import { exchangeQuery } from '../views/exchange.ts';
import { integrationRows } from '../views/integration.ts';
import { mappingVersionRows } from '../views/mapping-version.ts';
import { scheduleRows } from '../views/schedule.ts';

type Version = ReplyOf<'listMappingVersions'>['items'][number];
type Count = 'read' | 'created' | 'changed' | 'unchanged' | 'deleted' | 'quarantined' | 'released';

const total = (run: Run, name: Count): number =>
  run.entities.reduce((sum, entity) => sum + entity[name], 0);

const byId = ({ id }: { readonly id: string }): string => id;

/** Connected systems as a file, without what they are reached by. */
export const exportIntegrations = exportOf({
  name: 'exportIntegrations',
  permission: 'integrations:read',
  audit: { around: 'integrations.exported' },
  columns: {
    name: ({ name }: Integration) => name,
    adapter: ({ adapter }) => adapter,
    mapping: ({ mapping }) => mapping,
    createdAt: ({ createdAt }) => createdAt,
    sample: ({ sample }) => sample,
  },
  async *pages({ query }, services) {
    yield await integrationRows(services, query);
  },
});

/** The versions of a mapping as a file. */
export const exportMappingVersions = exportOf({
  name: 'exportMappingVersions',
  permission: 'integrations:read',
  audit: { around: 'mappings.exported' },
  columns: {
    version: ({ version }: Version) => version,
    createdAt: ({ createdAt }) => createdAt,
    author: ({ author }) => author ?? undefined,
    note: ({ note }) => note ?? undefined,
    inForce: ({ inForce }) => inForce,
  },
  async *pages({ params, query }, services) {
    yield await mappingVersionRows(services, params.name, query);
  },
});

/** Schedules as a file. */
export const exportSchedules = exportOf({
  name: 'exportSchedules',
  permission: 'integrations:read',
  audit: { around: 'schedules.exported' },
  columns: {
    integration: ({ integration }: ScheduleRow) => integration,
    cron: ({ cron }) => cron,
    timeZone: ({ timeZone }) => timeZone,
    paused: ({ paused }) => paused,
    nextAt: ({ nextAt, paused }) => (paused ? undefined : nextAt),
    by: ({ by }) => by,
  },
  async *pages({ query }, services) {
    yield await scheduleRows(services, query);
  },
});

/** Drift as a file. */
export const exportDrift = exportOf({
  name: 'exportDrift',
  permission: 'runs:read',
  audit: { around: 'drift.exported' },
  columns: {
    integration: ({ integration }: Drift) => integration,
    entity: ({ entity }) => entity,
    path: ({ path }) => path,
    kind: ({ kind }) => kind,
    mapped: ({ mapped }) => mapped,
    before: ({ before }) => before.join(' '),
    after: ({ after }) => after.join(' '),
    sample: ({ sample }) => sample ?? undefined,
    status: ({ status }) => status,
    noticedAt: ({ noticedAt }) => noticedAt,
    decidedAt: ({ decidedAt }) => decidedAt ?? undefined,
    decidedBy: ({ decidedBy }) => decidedBy ?? undefined,
    id: ({ id }) => id,
  },
  pages: ({ query }, { drift }) => allPages((at) => drift.list({ ...query, ...at }), byId),
});

/** Runs as a file. */
export const exportRuns = exportOf({
  name: 'exportRuns',
  permission: 'runs:read',
  audit: { around: 'runs.exported' },
  columns: {
    startedAt: ({ startedAt }: Run) => startedAt,
    finishedAt: ({ finishedAt }) => finishedAt,
    integration: ({ integration }) => integration,
    status: ({ status }) => status,
    read: (run) => total(run, 'read'),
    created: (run) => total(run, 'created'),
    changed: (run) => total(run, 'changed'),
    unchanged: (run) => total(run, 'unchanged'),
    deleted: (run) => total(run, 'deleted'),
    quarantined: (run) => total(run, 'quarantined'),
    released: (run) => total(run, 'released'),
    echoed: ({ entities }) => entities.reduce((sum, { echoed = 0 }) => sum + echoed, 0),
    message: ({ message }) => message,
    id: ({ id }) => id,
  },
  pages: ({ query }, { runs }) => allPages((at) => runs.list({ ...query, ...at }), byId),
});

/** What went over the wire in a run as a file, secrets masked. */
export const exportExchanges = exportOf({
  name: 'exportExchanges',
  permission: 'runs:read',
  audit: { around: 'exchanges.exported' },
  columns: {
    at: ({ at }: Exchange) => at,
    method: ({ method }) => method,
    url: ({ url }) => url,
    status: ({ status }) => status,
    durationMs: ({ durationMs }) => durationMs,
    attempt: ({ attempt }) => attempt,
    failure: ({ failure }) => failure,
    requestHeaders: ({ requestHeaders }) => canonicalJson(requestHeaders),
    requestBody: ({ requestBody }) => requestBody,
    responseHeaders: ({ responseHeaders = {} }) => canonicalJson(responseHeaders),
    responseBody: ({ responseBody }) => responseBody,
    id: ({ id }) => id,
  },
  pages: ({ params, query }, { sources }) =>
    allPages((at) => sources.exchanges({ ...exchangeQuery(params.id, query), ...at }), byId),
});

/** What is in quarantine as a file. */
export const exportQuarantine = exportOf({
  name: 'exportQuarantine',
  permission: 'quarantine:read',
  audit: { around: 'quarantine.exported' },
  columns: {
    reason: ({ reason }: QuarantineItem) => reason,
    kind: ({ kind }) => kind,
    key: ({ key }) => key,
    file: ({ file }) => file,
    line: ({ line }) => line,
    column: ({ column }) => column,
    field: ({ field }) => field,
    value: ({ value }) => value,
    integration: ({ integration }) => integration,
    seenAt: ({ seenAt }) => seenAt,
    run: ({ runId }) => runId,
    id: ({ id }) => id,
  },
  pages: ({ query }, { sources }) =>
    allPages((at) => sources.quarantine({ ...query, ...at }), byId),
});
