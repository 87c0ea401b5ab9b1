import type { RecordKind } from '#canonical';
import { rows, sql } from '#database';
import type { Database } from '#database';
import type { JsonObject } from '#kernel';
import { historyOf, streamRecords } from '#records';
import type { StoredRecord } from '#records';
import type { ErpDocument } from '../../simulators/hostile-erp/document.ts';
import { linesOf } from '../../simulators/hostile-erp/make-fields.ts';
import { INTEGRATION } from './wanted.ts';

/** Rialto's records beside what the ERP holds. All but the first should be 0. */
export type RecordsComparison = {
  readonly records: number;
  readonly missing: number; // The ERP has it, we have not.
  readonly surplus: number; // We have it, the ERP has not.
  readonly different: number; // In something that was compared.
  readonly heldBack: number; // In quarantine.
  readonly wrongHistory: number; // Its log does not lead to it, or repeats itself.
  readonly told: readonly string[]; // Of what is missing: when it changed, and how readings stand.
};

/** What the ERP holds of a kind. */
export type Held = { readonly kind: RecordKind; readonly documents: readonly ErpDocument[] };

/** Compares every supplier, item and order, and the log of each. */
export async function compareRecords(
  database: Database,
  held: readonly Held[],
): Promise<RecordsComparison> {
  const told: string[] = [];
  let [records, missing, surplus, different, wrongHistory] = [0, 0, 0, 0, 0];
  for (const { kind, documents } of held) {
    const left = new Map(documents.map((document) => [document.id, document]));
    for await (const record of streamRecords(database.kysely, {
      kind,
      integration: INTEGRATION,
      filters: [],
    })) {
      records += 1;
      const document = left.get(record.key);
      left.delete(record.key);
      if (document === undefined) surplus += 1;
      else if (!isSame(kind, record, document.fields)) different += 1;
      if (!(await leadsTo(database, record))) wrongHistory += 1;
    }
    missing += left.size;
    for (const { id, changedAt } of left.values()) told.push(`${kind} ${id}, ${changedAt}`);
  }
  const [waiting] = await rows<{ held: number }>(
    database.kysely,
    sql`select count(*)::integer as held from sync.quarantine where released_at is null`,
  );
  const heldBack = waiting?.held ?? 0;
  if (missing > 0) told.push(...(await standings(database)));
  return { records, missing, surplus, different, heldBack, wrongHistory, told };
}

/** Where the readings and the last runs stand: what one needs to know why something is missing. */
async function standings(database: Database): Promise<readonly string[]> {
  const found = await rows<{ line: string }>(
    database.kysely,
    sql`(select concat_ws(' ', entity, mode, cursor, completed_at) as line from sync.pull)
      union all
      (select concat_ws(' ', started_at, status, summary) from sync.run
        order by started_at desc limit 5)`,
  );
  return found.map(({ line }) => line);
}

function isSame(kind: RecordKind, { content }: StoredRecord, fields: JsonObject): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record's content is JSON.
  const ours = content as JsonObject;
  if (kind === 'supplier')
    return ours['name'] === fields['name'] && ours['city'] === fields['city'];
  if (kind === 'item') {
    return ours['number'] === fields['number'] && ours['name'] === fields['description'];
  }
  return (
    ours['netAmount'] === fields['netAmount'] &&
    ours['sourceStatus'] === fields['status'] &&
    receivedOf(linesOf(ours), 'received') === receivedOf(linesOf(fields), 'receivedQuantity')
  );
}

const receivedOf = (lines: readonly JsonObject[], name: string): string =>
  lines.map((line) => JSON.stringify(line[name])).join(' ');

/** Its log begins with nothing, each entry goes on from the one before, and the last is what it is. */
async function leadsTo(database: Database, record: StoredRecord): Promise<boolean> {
  const whole = { oldestFirst: true, offset: 0, limit: 10_000 };
  const { rows: history } = await historyOf(database.kysely, record.id, whole);
  const texts = history.map(({ before, after }) => [print(before), print(after)] as const);
  const chained = texts.every(
    ([before, after], at) => before === texts[at - 1]?.[1] && before !== after,
  );
  return chained && texts.at(-1)?.[1] === print(record.content);
}

/** Key order is PostgreSQL's, or ours: it does not matter. */
function print(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
