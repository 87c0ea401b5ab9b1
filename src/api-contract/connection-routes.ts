import { z } from 'zod';
import { pageOf } from './common.ts';
import {
  AdapterEntry,
  Drift,
  DriftQuery,
  DryRun,
  DryRunRequest,
  Exchange,
  ExchangeQuery,
  IntegrationChange,
  IntegrationDetail,
  MappingDifference,
  MappingEdit,
  MappingVersion,
  MappingVersionQuery,
  NewSchedule,
  Schedule,
  ScheduleQuery,
  ScheduleRow,
} from './connection.ts';
import { PostingSettings } from './posting-settings.ts';
import { DryRunWork } from './work.ts';

const None = z.strictObject({});
const NOTHING = { params: None, query: None, body: None } as const;
const ById = z.strictObject({ id: z.string().max(100) });
const ByName = z.strictObject({ name: z.string().max(100) });
const version = z.coerce.number().int().min(1);
const ByVersion = z.strictObject({ name: z.string().max(100), version });
const Done = z.strictObject({ ok: z.literal(true) });
const Versioned = z.strictObject({ version: z.number().int() });

/** Routes of those who connect systems and look after the connections. */
export const CONNECTION_ROUTES = {
  listAdapters: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/adapters',
    reply: z.strictObject({ items: z.array(AdapterEntry) }),
  },
  getShippedMapping: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/shipped-mappings/:name',
    params: ByName,
    reply: z.strictObject({ name: z.string(), pack: z.unknown() }),
  },
  getIntegration: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name',
    params: ByName,
    reply: IntegrationDetail,
  },
  updateIntegration: {
    ...NOTHING,
    method: 'PUT',
    path: '/v1/integrations/:name',
    params: ByName,
    body: IntegrationChange,
    reply: IntegrationDetail,
  },
  setPosting: {
    ...NOTHING,
    method: 'PUT',
    path: '/v1/integrations/:name/posting',
    params: ByName,
    body: PostingSettings,
    reply: IntegrationDetail,
  },
  deleteIntegration: {
    ...NOTHING,
    method: 'DELETE',
    path: '/v1/integrations/:name',
    params: ByName,
    reply: Done,
  },
  dryRunIntegration: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/dry-runs',
    params: ByName,
    body: DryRunRequest,
    reply: DryRun,
  },
  startDryRun: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/dry-run',
    params: ByName,
    body: DryRunRequest,
    reply: DryRunWork,
  },
  getDryRun: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/dry-run',
    params: ByName,
    reply: z.strictObject({ last: DryRunWork.nullable() }),
  },
  cancelDryRun: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/dry-run/cancel',
    params: ByName,
    reply: z.strictObject({ last: DryRunWork.nullable() }),
  },
  listMappingVersions: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/mappings',
    params: ByName,
    query: MappingVersionQuery,
    reply: pageOf(MappingVersion),
  },
  saveMapping: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/mappings',
    params: ByName,
    body: MappingEdit,
    reply: Versioned,
  },
  getMapping: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/mappings/:version',
    params: ByVersion,
    reply: z.strictObject({ version: z.number().int(), pack: z.unknown() }),
  },
  compareMappings: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/mappings/:version/differences',
    params: ByVersion,
    query: z.strictObject({ from: version }), // Earlier or later; what :version does otherwise.
    reply: z.strictObject({ items: z.array(MappingDifference) }),
  },
  restoreMapping: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/mappings/:version/restore',
    params: ByVersion,
    reply: Versioned,
  },
  listDrift: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/drift',
    query: DriftQuery,
    reply: pageOf(Drift), // Newest first.
  },
  decideDrift: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/drift/:id/decision',
    params: ById,
    body: z.strictObject({ status: z.enum(['accepted', 'refused']) }),
    reply: Drift,
  },
  listExchanges: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/runs/:id/exchanges',
    params: ById,
    query: ExchangeQuery,
    reply: pageOf(Exchange),
  },
  listSchedules: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/schedules',
    query: ScheduleQuery,
    reply: pageOf(ScheduleRow),
  },
  getSchedule: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/schedule',
    params: ByName,
    reply: z.strictObject({ schedule: Schedule.nullable() }), // Null: it has none.
  },
  putSchedule: {
    ...NOTHING,
    method: 'PUT',
    path: '/v1/integrations/:name/schedule',
    params: ByName,
    body: NewSchedule,
    reply: Schedule,
  },
  deleteSchedule: {
    ...NOTHING,
    method: 'DELETE',
    path: '/v1/integrations/:name/schedule',
    params: ByName,
    reply: Done,
  },
  rotateVault: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/vault/rotate',
    reply: z.strictObject({ secrets: z.number().int() }),
  },
} as const;
