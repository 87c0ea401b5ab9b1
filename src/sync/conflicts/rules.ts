import type { RecordKind } from '#canonical';
import { RECORD_KINDS } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { Instant } from '#kernel/time';
import { syncError } from '../errors.ts';
import { findIntegration } from '../integration.ts';
import { fieldsOf } from './fields.ts';
import { EVERY_FIELD, RulesSchema } from './rule.ts';
import type { Rule } from './rule.ts';

/** One version of the rules of a kind. Versions are only ever added; the newest is in force. */
export type RulesVersion = {
  readonly kind: RecordKind;
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly author: string;
  readonly note: string | null;
  readonly createdAt: Instant;
};

/** What a person changes the rules of a kind to. */
export type RulesEdit = {
  readonly integration: string;
  readonly kind: string;
  readonly rules: unknown; // As it came in: its form is checked here.
  readonly author: string;
  readonly note?: string;
  readonly basedOn?: number; // The version the edit was made from; 0: there was none.
  readonly at: Instant;
};

const COLUMNS = sql`kind, version, rules, author, note, created_at as "createdAt"`;

/** The rules in force for a kind; version 0 when nobody has set any. */
export async function rulesFor(
  handle: Handle,
  integration: string,
  kind: string,
): Promise<{ readonly version: number; readonly rules: readonly Rule[] }> {
  const [found] = await rows<{ version: number; rules: readonly Rule[] }>(
    handle,
    sql`select version, rules from sync.conflict_rules
      where integration = ${integration} and kind = ${kind} order by version desc limit 1`,
  );
  return found ?? { version: 0, rules: [] };
}

/** The rules in force of every kind that has some. */
export async function listRules(
  database: Database,
  integration: string,
): Promise<readonly RulesVersion[]> {
  await findIntegration(database, integration);
  return rows(
    database.kysely,
    sql`select distinct on (kind) ${COLUMNS} from sync.conflict_rules
      where integration = ${integration} order by kind, version desc`,
  );
}

/** Every version of the rules of a kind, newest first. */
export async function listRulesVersions(
  database: Database,
  integration: string,
  kind: string,
): Promise<readonly RulesVersion[]> {
  await findIntegration(database, integration);
  return rows(
    database.kysely,
    sql`select ${COLUMNS} from sync.conflict_rules
      where integration = ${integration} and kind = ${kindOf(kind)} order by version desc`,
  );
}

/**
 * Puts rules in force, as a new version. Fails with `sync.bad-rules`, or with `sync.rules-moved-on`
 * when someone else was faster.
 */
export async function saveRules(database: Database, edit: RulesEdit): Promise<number> {
  const { integration, author, note, at, basedOn } = edit;
  await findIntegration(database, integration);
  const kind = kindOf(edit.kind);
  const rules = checkedRules(kind, edit.rules);
  return transact(database, async (transaction) => {
    // Two who save at once: the second sees the version of the first.
    const lock = `conflict rules ${integration} ${kind}`;
    await rows(transaction, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const current = await rulesFor(transaction, integration, kind);
    if (basedOn !== undefined && basedOn !== current.version) {
      const message = `saving conflict rules of '${integration}' made from version ${basedOn}`;
      const remedy = `Version ${current.version} is in force by now. Look at it, and edit that.`;
      throw syncError('conflict', 'sync.rules-moved-on', message, { remedy });
    }
    if (current.version > 0 && canonicalJson(current.rules) === canonicalJson(rules)) {
      return current.version;
    }
    const version = current.version + 1;
    await rows(
      transaction,
      sql`insert into sync.conflict_rules (integration, kind, version, rules, author, note, created_at)
        values (${integration}, ${kind}, ${version}, ${canonicalJson(rules)}, ${author},
          ${note ?? null}, ${at})`,
    );
    return version;
  });
}

/** Puts earlier rules in force again, as a new version. Fails with `sync.no-rules`. */
export async function restoreRules(
  database: Database,
  edit: Omit<RulesEdit, 'rules'> & { readonly version: number },
): Promise<number> {
  const { integration, kind, version } = edit;
  const versions = await listRulesVersions(database, integration, kind);
  const found = versions.find((each) => each.version === version);
  if (found === undefined) {
    const message = `restoring version ${version} of the conflict rules for ${kind}`;
    const remedy = 'There is no such version. See the list of versions.';
    throw syncError('not-found', 'sync.no-rules', message, { remedy });
  }
  const note = edit.note ?? `as in version ${version}`;
  return saveRules(database, { ...edit, rules: found.rules, note });
}

function kindOf(text: string): RecordKind {
  const kind = RECORD_KINDS.find((each) => each === text);
  if (kind !== undefined) return kind;
  throw syncError('invalid', 'sync.bad-rules', `conflict rules for '${text}'`, {
    remedy: `There are: ${RECORD_KINDS.join(', ')}.`,
  });
}

function checkedRules(kind: RecordKind, given: unknown): readonly Rule[] {
  const message = `checking conflict rules for ${kind}`;
  const parsed = RulesSchema.safeParse(given);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message: why }) => `${path.join('.')}: ${why}`);
    throw syncError('invalid', 'sync.bad-rules', message, { remedy: said.join('\n') });
  }
  const known = fieldsOf(kind);
  const wrong = parsed.data.find(({ field }) => !isKnown(known, field));
  if (wrong === undefined) return parsed.data;
  throw syncError('invalid', 'sync.bad-rules', message, {
    remedy: `'${wrong.field}' is no field of it. There are: ${known.join(', ')}.`,
  });
}

const isKnown = (known: readonly string[], field: string): boolean =>
  field === EVERY_FIELD || known.includes(field) || field.startsWith('extensions.');
