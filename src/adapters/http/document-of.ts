import { isJsonObject } from '#adapter-kit';
import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import { textAt } from '#adapter-kit/expression';
import type { Json } from '#kernel';
import { instantOf, parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { Entity } from './profile/entity.ts';

const RAW_MAX = 2000;
const PART_SEPARATOR = '|';

/** Makes a document of a record as the system sent it, or says why it is none. */
export function documentOf(
  record: Json,
  entity: Entity,
  headers: Readonly<Record<string, string>> = {},
): SourceDocument | DocumentProblem {
  if (!isJsonObject(record)) return { reason: 'is no JSON object', raw: rawOf(record) };
  const key = keyOf(record, entity);
  if (key === undefined) {
    const paths = [entity.key].flat().join(', ');
    return { reason: `has no key: nothing stands at ${paths}`, raw: rawOf(record) };
  }
  const version = versionOf(record, entity, headers);
  const changedAt = entity.changedAt === undefined ? undefined : textAt(record, entity.changedAt);
  const at = changedAt === undefined ? undefined : momentOf(changedAt);
  const { deleted } = entity;
  const gone = deleted !== undefined && deleted.is.includes(textAt(record, deleted.path) ?? '');
  return {
    key,
    content: record,
    ...(version === undefined ? {} : { version }),
    ...(at === undefined ? {} : { changedAt: at }),
    ...(gone ? { deleted: true } : {}),
  };
}

const rawOf = (record: Json): string => JSON.stringify(record).slice(0, RAW_MAX);

export const isDocument = (made: SourceDocument | DocumentProblem): made is SourceDocument =>
  'content' in made;

/** The key of a record; one of several parts is joined by '|'. */
export function keyOf(record: Json, { key }: Pick<Entity, 'key'>): string | undefined {
  const parts = [key].flat().map((path) => textAt(record, path));
  return parts.some((part) => part === undefined || part === '')
    ? undefined
    : parts.join(PART_SEPARATOR);
}

/** What '{key}', '{1}' and '{2}' stand for in the path of one document. */
export function keyValues(key: string): (name: string) => string | undefined {
  const parts = key.split(PART_SEPARATOR);
  return (name) => (name === 'key' ? key : parts[Number(name) - 1]);
}

function versionOf(
  record: Json,
  { version }: Entity,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  if (version === undefined) return undefined;
  return 'path' in version ? textAt(record, version.path) : headers[version.header];
}

/** RFC 3339, the same without zone (then UTC), a day, or seconds or milliseconds since 1970. */
function momentOf(text: string): Instant | undefined {
  if (/^\d{9,10}$/.test(text)) return instantOf(Number(text) * 1000);
  if (/^\d{12,13}$/.test(text)) return instantOf(Number(text));
  const plain = text.trim().replace(' ', 'T');
  return parseInstant(plain) ?? parseInstant(`${plain}Z`) ?? parseInstant(`${plain}T00:00:00Z`);
}
