import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import type { Conflict as Shown, ConflictDetail, ConflictField } from '#api-contract/conflict';
import type { Services } from '#api';
import { isRecordKind } from '#canonical';
import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import type { Json } from '#kernel';
import type { Clock } from '#kernel/time';
import { recordIdOf } from '#records';
import {
  decideConflict,
  fieldsOf,
  listConflicts,
  listRules,
  listRulesVersions,
  loadConflict,
  restoreRules,
  saveRules,
} from '#sync/conflicts';
import type { Conflict, RulesVersion } from '#sync/conflicts';
import type { Destinations } from './destinations.ts';
import { plain } from './plain.ts';
import { problemsOf } from './wishes.ts';

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly destinations: Destinations;
};
type Conflicts = Services['conflicts'];

/** Changes that met and who wins, as the API shows them. */
export function conflicts(deps: Deps): Conflicts {
  const { database, clock } = deps;
  return {
    async list({ state = ['open'], ...query }) {
      const { rows, total } = await listConflicts(database.kysely, { ...query, states: state });
      return { rows: rows.map(shown), total };
    },
    find: async (id) => detailShown(await loadConflict(database.kysely, id)),
    async decide(transaction, id, { whole, fields = {}, revision }, by) {
      const decision = {
        id,
        fields: plain(fields),
        by,
        at: clock(),
        check: problemsOf,
        ...(whole === undefined ? {} : { whole }),
        ...(revision === undefined ? {} : { revision }),
      };
      return detailShown(await decideConflict(transaction, decision));
    },
    ...rules(deps),
  };
}

function rules({
  database,
  clock,
  destinations,
}: Deps): Pick<Conflicts, 'rules' | 'rulesVersions' | 'saveRules' | 'restoreRules'> {
  return {
    async rules(name) {
      const inForce = await listRules(database, name);
      const writes = await destinations.of(name).then(
        ({ adapter }) => adapter.capabilities.writes,
        () => [], // Nothing can be written there.
      );
      const kinds = new Set(writes.flatMap(changedKind));
      for (const { kind } of inForce) kinds.add(kind);
      return {
        items: inForce.map(rulesShown),
        kinds: [...kinds].map((kind) => ({ kind, fields: [...fieldsOf(kind)] })),
      };
    },
    rulesVersions: async (name, kind) =>
      (await listRulesVersions(database, name, kind)).map(rulesShown),
    async saveRules({ name, kind }, { rules: wanted, note, basedOn }, author) {
      const version = await saveRules(database, {
        integration: name,
        kind,
        author,
        rules: wanted,
        at: clock(),
        ...(note === undefined ? {} : { note }),
        ...(basedOn === undefined ? {} : { basedOn }),
      });
      return { version };
    },
    async restoreRules({ name, kind, version }, author) {
      const edit = { integration: name, kind, version, author, at: clock() };
      return { version: await restoreRules(database, edit) };
    },
  };
}

/** The kind that an operation changes, where it names what it changes. */
function changedKind(operation: Operation): readonly RecordKind[] {
  const kind = OPERATIONS[operation];
  return /^(update|cancel|reverse)-/.test(operation) && isRecordKind(kind) ? [kind] : [];
}

const rulesShown = ({ rules: each, ...rest }: RulesVersion) => ({ ...rest, rules: [...each] });

function shown(conflict: Conflict): Shown {
  const { id, integration, kind, key, title, operation, state, fields, oursBy, oursAt } = conflict;
  const { theirsAt, noticedAt, decidedAt, decidedBy, outcome, postingId, sentAs } = conflict;
  return {
    id,
    integration,
    kind,
    key,
    title,
    operation,
    state,
    recordId: recordIdOf(integration, kind, key),
    asks: fields.filter(({ verdict }) => verdict.take === 'ask').map(({ field }) => field),
    oursBy,
    oursAt,
    noticedAt,
    transactionId: postingId,
    ...(theirsAt === null ? {} : { theirsAt }),
    ...(decidedAt === null ? {} : { decidedAt }),
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(outcome === null ? {} : { outcome }),
    ...(sentAs === null ? {} : { sentAs }),
  };
}

function detailShown(conflict: Conflict): ConflictDetail {
  const { revision, rulesVersion, base, ours, theirs, fields, decision } = conflict;
  return {
    ...shown(conflict),
    revision,
    rulesVersion,
    ours,
    theirs,
    ...(base === null ? {} : { base }),
    fields: fields.map((each) => fieldShown(each, decision?.[each.field])),
  };
}

function fieldShown(each: Conflict['fields'][number], decided: Json | undefined): ConflictField {
  const { field, side, base, ours, theirs, verdict } = each;
  return {
    field,
    side,
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
    ...verdict,
    ...(isChoice(decided) ? { chosen: chosenOf(decided) } : {}),
  };
}

type Choice = {
  readonly because: 'person';
  readonly take?: 'ours' | 'theirs';
  readonly value?: Json;
};

const isChoice = (decided: Json | undefined): decided is Choice =>
  typeof decided === 'object' &&
  decided !== null &&
  'because' in decided &&
  decided['because'] === 'person';

const chosenOf = ({ take, value }: Choice): NonNullable<ConflictField['chosen']> =>
  take === undefined ? { value } : { take };
