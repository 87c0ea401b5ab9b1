import { DIMENSIONS } from './dimension.ts';
import type { DimensionName } from './dimension.ts';
import type { Readable } from './run-query.ts';

/** One value a dimension can be filtered by; `value` goes into the query, `label` is read. */
export type Member = {
  readonly dimension: DimensionName;
  readonly value: string;
  readonly label: string;
  readonly recordId?: string;
};
export type MemberIndex = readonly Member[];

/** Every value of every dimension, for finding the names people write. */
export async function memberIndex(warehouse: Readable): Promise<MemberIndex> {
  const members: Member[] = [];
  for (const { name, memberSql } of DIMENSIONS) {
    const { rows } = await warehouse.query(memberSql, {});
    for (const [value, label, recordId] of rows) {
      if (typeof value !== 'string' || typeof label !== 'string') continue;
      members.push({
        dimension: name,
        value,
        label,
        ...(typeof recordId === 'string' ? { recordId } : {}),
      });
    }
  }
  return members;
}
