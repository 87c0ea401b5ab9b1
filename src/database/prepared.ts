import { createHash } from 'node:crypto';
import type { ClientBase, QueryResult } from 'pg';
import { sqlStateOf } from './errors.ts';

/** Asks a connection: a text with its values. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<QueryResult>;

/** Of one database: whether its statements may be prepared, and which come again and again. */
export type Preparing = {
  allowed: boolean;
  readonly uses: Map<string, number>;
  readonly names: Map<string, string>; // Of those that come often.
};

const AFTER_USES = 3; // Most texts come once or twice: preparing those would cost more than it saves.
const PREPARED_MAX = 250; // Of one connection: each keeps its plan in the server's memory.
const SEEN_MAX = 2_000;
const TEXT_MAX = 20_000;
/** Beyond so many at once a plan is made for them: one made for few, of a table that was small, is slow. */
const FEW_MAX = 64; // A page, and the row that tells whether there is a next one, are few.
/** The session is not the one we prepared in: a pooler gave us another. */
const SWAPPED = new Set(['26000', '42P05']);
/** A table is not what it was when it was prepared. */
const CHANGED = '0A000';

/**
 * Asks a connection so that PostgreSQL parses and plans a text once that comes again and again. It
 * bears the name of its own hash. Where sessions are not what they seem, it stops for good.
 */
export function askPrepared(client: ClientBase, preparing: Preparing): Ask {
  const own = new Set<string>(); // What was prepared here.
  let failures = 0;
  const nameHere = (text: string): string | undefined => {
    if (!own.has(text) && own.size >= PREPARED_MAX) return undefined;
    const name = nameOf(preparing, text);
    if (name !== undefined) own.add(text);
    return name;
  };
  return async (text, values = []) => {
    // Without values it may be several statements, or one that cannot be prepared.
    const isOne = values.length > 0 && text.length <= TEXT_MAX && values.every(isFew);
    const name = preparing.allowed && isOne ? nameHere(text) : undefined;
    const failed = failures;
    try {
      if (name === undefined) return await client.query({ text, values: [...values] });
      return await client.query({ text, values: [...values], name });
    } catch (error) {
      const isFirst = failed === failures;
      failures += 1;
      if (name === undefined || !isOutdated(error)) throw error;
      own.delete(text);
      // What failed before it may have been what should have prepared it.
      if (!isFirst) throw error;
      if (sqlStateOf(error) !== CHANGED) preparing.allowed = false;
      preparing.names.delete(text);
      preparing.uses.set(text, Number.NEGATIVE_INFINITY);
      throw error;
    }
  };
}

/** The name under which a text is prepared, once it has come often enough, on whichever connection. */
function nameOf({ uses, names }: Preparing, text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count < AFTER_USES) {
    if (uses.size >= SEEN_MAX) uses.clear();
    uses.set(text, count);
    return undefined;
  }
  if (names.size >= SEEN_MAX) names.clear();
  uses.delete(text);
  const name = `rialto_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
}

const isFew = (value: unknown): boolean => !Array.isArray(value) || value.length <= FEW_MAX;

/** Whether a statement failed only because it was prepared: asked again, it is not. */
export function isOutdated(error: unknown): boolean {
  const state = sqlStateOf(error) ?? '';
  const isKnown = SWAPPED.has(state) || state === CHANGED;
  return isKnown && error instanceof Error && /prepared|cached plan/.test(error.message);
}

/** For an address. `?prepare=no` is for poolers that give each transaction another session. */
export const preparingFor = (url: string): Preparing => ({
  allowed: !URL.canParse(url) || new URL(url).searchParams.get('prepare') !== 'no',
  uses: new Map(),
  names: new Map(),
});
