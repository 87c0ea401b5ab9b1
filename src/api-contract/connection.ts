import { z } from 'zod';
import { AnyJson, LIST_QUERY, Moment, SEARCH_QUERY, Said, sortOf } from './common.ts';
import { PostingSettings, PostingSettingsShown } from './posting-settings.ts';

export type { PostingSettings, PostingSettingsShown } from './posting-settings.ts';

const Secrets = z.record(z.string().max(50), z.string().max(20_000)).default({}); // Never shown again.
const Settings = z.record(z.string().max(50), AnyJson);

/** An adapter that a source can be connected through, and what it asks for. */
export const AdapterEntry = z.strictObject({
  name: z.string(),
  title: z.string(),
  settings: z.record(z.string(), z.unknown()), // JSON Schema of `settings`.
  secrets: z.array(z.strictObject({ name: z.string(), optional: z.boolean() })),
  mappings: z.array(z.string()), // That ship with Rialto.
});
export type AdapterEntry = Readonly<z.infer<typeof AdapterEntry>>;

/** A source to connect. */
export const NewIntegration = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, {
    error: 'a name starts with a letter and holds small letters, digits and hyphens',
  }),
  adapter: z.string().min(1).max(50),
  settings: Settings,
  secrets: Secrets,
  // One that ships with Rialto, by its name, or a pack of one's own as it is.
  mapping: z.union([z.string().min(1).max(100), z.record(z.string(), AnyJson)]),
  posting: PostingSettings.optional(),
});
export type NewIntegration = Readonly<z.infer<typeof NewIntegration>>;

/** How a source is to be reached from now on. Secrets that are not given stay as they are. */
export const IntegrationChange = z.strictObject({ settings: Settings, secrets: Secrets });
export type IntegrationChange = Readonly<z.infer<typeof IntegrationChange>>;

/** A connected source with everything that may be shown of it. */
export const IntegrationDetail = z.strictObject({
  name: z.string(),
  adapter: z.string(),
  mapping: z.string(),
  mappingVersion: z.number().int(),
  ownMapping: z.boolean(), // Edited here: it does not follow the one that ships.
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()), // Names of those that are kept.
  writes: z.array(z.string()), // Operations it takes.
  posting: PostingSettingsShown,
  createdAt: Moment,
});
export type IntegrationDetail = Readonly<z.infer<typeof IntegrationDetail>>;

/** One version of a mapping. */
export const MappingVersion = z.strictObject({
  version: z.number().int(),
  createdAt: Moment,
  author: z.string().nullable(), // Null: it came with Rialto.
  note: z.string().nullable(),
  inForce: z.boolean(),
});

export const MappingVersionQuery = z.strictObject({
  ...SEARCH_QUERY,
  sort: sortOf(['version', 'createdAt', 'author']), // Newest first unless asked otherwise.
});

/** A place in which two mappings differ. */
export const MappingDifference = z.strictObject({
  mapping: z.string().optional(),
  part: z.string(), // 'fields.netAmount', 'where', 'title'
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/** An edited mapping. */
export const MappingEdit = z.strictObject({
  pack: AnyJson,
  note: z.string().max(500).optional(),
  basedOn: z.number().int().min(1).optional(), // Another version in force by now is a conflict.
});

/** A dry run that is asked for. */
export const DryRunRequest = z.strictObject({
  pack: AnyJson.optional(), // A mapping to try; absent: the one in force.
  documentsMax: z.number().int().min(1).max(1_000_000).optional(), // Absent: all.
});

const count = z.number().int();

/** What a sync would do. */
export const DryRun = z.strictObject({
  integration: z.string(),
  whole: z.boolean(), // False: only the first documents were looked at; deletions cannot be told.
  // What could not be read; kinds that need it are left out.
  notReady: z.array(
    z.strictObject({ entity: z.string(), reason: z.string(), said: Said.optional() }),
  ),
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      read: count,
      created: count,
      changed: count,
      unchanged: count,
      deleted: count,
      quarantined: count,
    }),
  ),
  samples: z.array(
    z.strictObject({
      kind: z.string(),
      key: z.string(),
      what: z.enum(['created', 'changed', 'deleted', 'quarantined']),
      fields: z
        .array(
          z.strictObject({
            field: z.string(),
            before: z.unknown().optional(),
            after: z.unknown().optional(),
          }),
        )
        .optional(),
      content: z.unknown().optional(),
      reasons: z
        .array(
          z.strictObject({
            field: z.string().optional(),
            reason: z.string(),
            said: Said.optional(),
          }),
        )
        .optional(),
    }),
  ),
});

/** A place where a source has come to look other than before. */
export const Drift = z.strictObject({
  id: z.string(),
  integration: z.string(),
  entity: z.string(),
  path: z.string(),
  kind: z.enum(['gone', 'type', 'new']),
  mapped: z.boolean(), // What is gone and mapped holds its entity up.
  before: z.array(z.string()),
  after: z.array(z.string()),
  sample: z.string().nullable(),
  status: z.enum(['open', 'accepted', 'refused', 'passed']),
  noticedAt: Moment,
  decidedAt: Moment.nullable(),
  decidedBy: z.string().nullable(),
});
export type Drift = Readonly<z.infer<typeof Drift>>;

export const DriftQuery = z.strictObject({
  ...LIST_QUERY,
  status: Drift.shape.status.optional(), // Absent: open and refused.
  kind: Drift.shape.kind.optional(),
  sort: sortOf(['noticedAt', 'place', 'kind', 'status', 'integration']), // Newest first.
});

/** A request and its answer as they went over the wire, secrets masked. */
export const Exchange = z.strictObject({
  id: z.string(),
  runId: z.string(),
  at: Moment,
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().optional(),
  status: z.number().int().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  responseBody: z.string().optional(),
  failure: z.string().optional(),
  durationMs: z.number(),
  attempt: z.number().int(),
});
export type Exchange = Readonly<z.infer<typeof Exchange>>;

export const ExchangeQuery = z.strictObject({
  ...SEARCH_QUERY,
  failed: z.enum(['true', 'false']).optional(),
  sort: sortOf(['at', 'durationMs', 'status']), // As they happened unless asked otherwise.
});

/** When a source is to be read by itself. */
export const NewSchedule = z.strictObject({
  cron: z.string().min(9).max(100), // Five fields: minute, hour, day, month, weekday.
  paused: z.boolean().default(false),
});
export type NewSchedule = Readonly<z.infer<typeof NewSchedule>>;

/** When a source is read by itself. */
export const Schedule = z.strictObject({
  cron: z.string(),
  timeZone: z.string(), // The company's.
  paused: z.boolean(),
  nextAt: Moment,
  by: z.string(),
});
export type Schedule = Readonly<z.infer<typeof Schedule>>;

/** A schedule and what it reads. */
export const ScheduleRow = z.strictObject({ integration: z.string(), ...Schedule.shape });
export type ScheduleRow = Readonly<z.infer<typeof ScheduleRow>>;

export const ScheduleQuery = z.strictObject({
  ...LIST_QUERY,
  paused: z.enum(['true', 'false']).optional(),
  sort: sortOf(['integration', 'nextAt']), // The next to begin first unless asked otherwise.
});
