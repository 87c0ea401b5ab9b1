import type { Filter } from '#records';

/** A query after its schema: lists are arrays, pages are numbers. */
export type Parsed<Query> = {
  readonly [Key in keyof Query]: Key extends 'status' | 'kind' | 'country'
    ? readonly string[] | Extract<Query[Key], undefined>
    : Key extends 'page' | 'pageSize'
      ? number
      : Query[Key];
};

/** One of several values, when any were named. */
export const listFilter = (field: string, values: readonly string[] | undefined): Filter[] =>
  values === undefined || values.length === 0 ? [] : [{ field, op: 'in', values }];

/** '-issuedOn' is newest first. */
export const sortOf = (sort: string): { field: string; direction: 'asc' | 'desc' } =>
  sort.startsWith('-')
    ? { field: sort.slice(1), direction: 'desc' }
    : { field: sort, direction: 'asc' };
