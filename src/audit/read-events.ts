import { containing, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import type { Outcome, StoredEvent } from './event.ts';

/** Which events; what is absent does not matter. */
export type EventQuery = {
  readonly actor?: string;
  readonly action?: string; // Whole, or up to a dot: 'people' finds 'people.added'.
  readonly outcome?: readonly Outcome[];
  readonly subject?: string;
  readonly traceId?: string;
  readonly from?: Instant; // Included.
  readonly before?: Instant; // Left out.
  readonly search?: string; // In subject, action, details and trace id.
};

type Row = Omit<StoredEvent, 'position' | 'route'> & {
  readonly position: string;
  readonly route: string | null;
};

const PAGE = 1_000;
const COLUMNS = sql`position, at, actor, action, outcome, subject, details,
  trace_id as "traceId", route, previous_hash as "previousHash", hash`;

/** One page of the log, newest first unless asked otherwise, and how many events the query finds in all. */
export async function listEvents(
  handle: Handle,
  query: EventQuery & {
    readonly oldestFirst?: boolean;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ rows: StoredEvent[]; total: number }> {
  const found = await rows<Row>(
    handle,
    sql`select ${COLUMNS} from audit.event where ${whereOf(query)}
      order by ${query.oldestFirst === true ? sql`position` : sql`position desc`} limit ${query.limit} offset ${query.offset}`,
  );
  const [count] = await rows<{ total: number }>(
    handle,
    sql`select count(*)::integer as total from audit.event where ${whereOf(query)}`,
  );
  return { rows: found.map(eventOf), total: count?.total ?? 0 };
}

/** All events of a query, oldest first, a page at a time: for exports and for checking the chain. */
export async function* streamEvents(
  handle: Handle,
  query: EventQuery,
): AsyncGenerator<StoredEvent[], void, void> {
  let after = 0n;
  for (;;) {
    const page = await rows<Row>(
      handle,
      sql`select ${COLUMNS} from audit.event where ${whereOf(query)} and position > ${after}
        order by position limit ${PAGE}`,
    );
    const events = page.map(eventOf);
    if (events.length > 0) yield events;
    if (page.length < PAGE) return;
    after = events.at(-1)?.position ?? after;
  }
}

function whereOf(query: EventQuery): ReturnType<typeof sql<unknown>> {
  const { actor, action, outcome, subject, traceId, from, before, search } = query;
  const conditions = [sql`true`];
  if (search !== undefined && search.trim() !== '') {
    const pattern = containing(search);
    conditions.push(sql`concat_ws(' ', subject, action, details::text, trace_id) ilike ${pattern}`);
  }
  if (actor !== undefined) conditions.push(sql`actor = ${actor}`);
  if (action !== undefined) {
    conditions.push(sql`(action = ${action} or starts_with(action, ${`${action}.`}))`);
  }
  if (outcome !== undefined) conditions.push(sql`outcome = any(${[...outcome]})`);
  if (subject !== undefined) conditions.push(sql`subject = ${subject}`);
  if (traceId !== undefined) conditions.push(sql`trace_id = ${traceId}`);
  if (from !== undefined) conditions.push(sql`at >= ${from}`);
  if (before !== undefined) conditions.push(sql`at < ${before}`);
  return sql`${sql.join(conditions, sql` and `)}`;
}

function eventOf({ position, route, ...rest }: Row): StoredEvent {
  return { ...rest, position: BigInt(position), ...(route === null ? {} : { route }) };
}
