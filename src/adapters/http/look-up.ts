import type { Command, Found } from '#adapter-kit';
import { textAt, valueAt } from '#adapter-kit/expression';
import type { Json } from '#kernel';
import { ask, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { httpError } from './errors.ts';
import { fillTemplate, placeholdersOf } from './fill-template.ts';
import { readingError } from './judge-answer.ts';
import type { Lookup } from './profile/operation.ts';
import { detailOf, filledTexts, operationOf, valuesOf } from './write-command.ts';

/** Asks the system for what carries our reference. Throws when it does not answer clearly. */
export async function lookUpCommand(
  connection: Connection,
  command: Command,
  stop: AbortSignal,
): Promise<Found | undefined> {
  const lookup = operationOf(connection, command)?.lookup;
  if (lookup === undefined) return undefined; // An operation that is lacking has booked nothing.
  const values = valuesOf(command);
  const path = fillTemplate(lookup.path, values, 'path');
  const what = `looking for ${command.reference}`;
  if (path === undefined) {
    throw httpError('invalid', 'http.unexpected-answer', what, {
      remedy: `The path of the lookup, ${lookup.path}, needs what the command does not have.`,
    });
  }
  const url = urlOf(connection, { path, query: filledTexts(lookup.query, values) });
  const { judgement } = await ask(connection, { method: 'GET', url }, stop);
  if (!judgement.ok) {
    const byPath = placeholdersOf(lookup.path).includes('reference');
    if (byPath && judgement.refusal.status === 404) return undefined;
    throw readingError(judgement.refusal, what);
  }
  const found = valueAt(judgement.body, lookup.records);
  if (found === undefined || (lookup.records === '' && typeof found !== 'object')) {
    throw httpError('unavailable', 'http.unexpected-answer', what, {
      cause: new Error(`nothing stands at '${lookup.records}'`),
      remedy: "Check 'lookup.records' of the operation.",
    });
  }
  const all: readonly Json[] = Array.isArray(found) ? found : found === null ? [] : [found];
  return foundIn(
    all.filter((one) => carries(one, command.reference, lookup)),
    lookup,
    what,
  );
}

function foundIn(matches: readonly Json[], lookup: Lookup, what: string): Found | undefined {
  const [first, ...more] = matches;
  if (first === undefined) return undefined;
  const key = textAt(first, lookup.key);
  if (key === undefined) {
    throw httpError('unavailable', 'http.unexpected-answer', what, {
      cause: new Error(`what was found has no key at '${lookup.key}'`),
      remedy: "Check 'lookup.key' of the operation.",
    });
  }
  const version = lookup.version === undefined ? undefined : textAt(first, lookup.version);
  // Booked more than once, by somebody: a person has to know.
  const others = more.map((one) => textAt(one, lookup.key) ?? '');
  const detail = {
    ...detailOf(first, lookup.detail ?? {}),
    ...(others.length === 0 ? {} : { alsoBookedAs: others }),
  };
  return {
    key,
    ...(version === undefined ? {} : { version }),
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  };
}

/** To the letter: many systems search by prefix or without regard to case. */
function carries(record: Json, reference: string, { match }: Lookup): boolean {
  return match.some((path) => {
    const value = valueAt(record, path);
    return Array.isArray(value) ? value.includes(reference) : value === reference;
  });
}
