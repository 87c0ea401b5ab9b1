import { z } from 'zod';
import { AnyJson, LIST_QUERY, Moment, SEARCH_QUERY, listOf, pageOf, sortOf } from './common.ts';

const State = z.enum(['open', 'settled', 'decided', 'withdrawn']);
const Take = z.enum(['ours', 'theirs']);

/** A change wanted here that met a change made there. */
export const Conflict = z.strictObject({
  id: z.string(),
  integration: z.string(),
  kind: z.string(),
  key: z.string(), // Of the document in its system.
  title: z.string(), // What people call it.
  recordId: z.string(),
  operation: z.string(),
  state: State, // 'settled': by rules, or by itself; 'decided': by a person.
  asks: z.array(z.string()), // Fields that wait for a person.
  oursBy: z.string(), // Who wanted the change here.
  oursAt: Moment,
  theirsAt: Moment.optional(), // When the source says it last changed.
  noticedAt: Moment,
  decidedAt: Moment.optional(),
  decidedBy: z.string().optional(), // Absent: rules, or nothing was to be decided.
  outcome: z.enum(['sent', 'kept-theirs']).optional(),
  transactionId: z.string(), // The one that met it.
  sentAs: z.string().optional(), // The one that took its place.
});
export type Conflict = Readonly<z.infer<typeof Conflict>>;

/** A field that is not what both sides last agreed on. An absent value: the field is not there. */
export const ConflictField = z.strictObject({
  field: z.string(), // `lines[2].unitPrice`; `*`: the whole.
  side: z.enum(['ours', 'theirs', 'agreed', 'both']), // Who changed it.
  base: z.unknown().optional(),
  ours: z.unknown().optional(),
  theirs: z.unknown().optional(),
  take: z.enum(['ours', 'theirs', 'ask']), // What becomes of it, unless a person says otherwise.
  because: z.enum([
    'only-ours',
    'only-theirs',
    'agreed',
    'reckoned',
    'own-write',
    'rule',
    'no-rule',
    'time-unknown',
  ]),
  rule: z.string().optional(), // The field of the rule that decided.
  chosen: z.strictObject({ take: Take.optional(), value: z.unknown().optional() }).optional(), // What a person chose.
});
export type ConflictField = Readonly<z.infer<typeof ConflictField>>;

/** The same, with both versions and what they were made from. */
export const ConflictDetail = z.strictObject({
  ...Conflict.shape,
  revision: z.number().int(), // Grows when it is weighed anew.
  rulesVersion: z.number().int(), // 0: there were none.
  fields: z.array(ConflictField),
  base: z.unknown().optional(), // Absent: nobody knows what both last agreed on.
  ours: z.unknown(),
  theirs: z.unknown(),
});
export type ConflictDetail = Readonly<z.infer<typeof ConflictDetail>>;

export const ConflictQuery = z.strictObject({
  ...LIST_QUERY,
  kind: z.string().max(50).optional(),
  state: listOf(State).optional(), // Those that are open, unless asked otherwise.
  transaction: z.string().max(100).optional(), // That met it, or was sent in its place.
  sort: sortOf(['noticedAt', 'integration', 'kind', 'title', 'asks', 'state']), // Newest first.
});

/** What a person decides: all of one side, or field by field, or both. */
const ConflictDecision = z.strictObject({
  whole: Take.optional(), // For every field that both changed and `fields` does not name.
  fields: z
    .record(
      z.string().max(300),
      z.union([z.strictObject({ take: Take }), z.strictObject({ value: AnyJson })]),
    )
    .default({}),
  revision: z.number().int().optional(), // As it was seen: another one by now is refused.
  reason: z.string().trim().max(500).optional(),
});

const Rule = z.strictObject({
  field: z.string().max(200), // Without line numbers: `lines.unitPrice`, `lines`, `*`.
  wins: z.enum(['ours', 'theirs', 'newest', 'ask']),
});

/** One version of the rules of a kind. */
export const ConflictRules = z.strictObject({
  kind: z.string(),
  version: z.number().int(),
  rules: z.array(Rule),
  author: z.string(),
  note: z.string().nullable(),
  createdAt: Moment,
});
export type ConflictRules = Readonly<z.infer<typeof ConflictRules>>;

/** What rules can be about: kinds that can be changed there, with their fields. */
const RuleKind = z.strictObject({ kind: z.string(), fields: z.array(z.string()) });

const None = z.strictObject({});
const NOTHING = { params: None, query: None, body: None } as const;
const ById = z.strictObject({ id: z.string().max(100) });
const name = z.string().max(100);
const kind = z.string().max(50);
const Versioned = z.strictObject({ version: z.number().int() });

/** Routes about changes that met, and who wins. */
export const CONFLICT_ROUTES = {
  listConflicts: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/conflicts',
    query: ConflictQuery,
    reply: pageOf(Conflict), // Newest first.
  },
  getConflict: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/conflicts/:id',
    params: ById,
    reply: ConflictDetail,
  },
  decideConflict: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/conflicts/:id/decision',
    params: ById,
    body: ConflictDecision,
    reply: ConflictDetail,
  },
  getConflictRules: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/conflict-rules',
    params: z.strictObject({ name }),
    reply: z.strictObject({ items: z.array(ConflictRules), kinds: z.array(RuleKind) }),
  },
  saveConflictRules: {
    ...NOTHING,
    method: 'PUT',
    path: '/v1/integrations/:name/conflict-rules/:kind',
    params: z.strictObject({ name, kind }),
    body: z.strictObject({
      rules: z.array(Rule).max(200),
      note: z.string().max(500).optional(),
      basedOn: z.number().int().min(0).optional(), // Another version by now is a conflict. 0: none.
    }),
    reply: Versioned,
  },
  listConflictRulesVersions: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/conflict-rules/:kind/versions',
    params: z.strictObject({ name, kind }),
    query: z.strictObject(SEARCH_QUERY),
    reply: pageOf(ConflictRules), // Newest first.
  },
  restoreConflictRules: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/conflict-rules/:kind/versions/:version/restore',
    params: z.strictObject({ name, kind, version: z.coerce.number().int().min(1) }),
    reply: Versioned,
  },
} as const;
