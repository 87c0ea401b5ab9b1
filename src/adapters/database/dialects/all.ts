import type { Dialect, DialectName } from '../dialect.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';

const ALL: Readonly<Record<DialectName, Dialect>> = { postgresql, mysql };

/** The dialect of this name. */
export const dialectOf = (name: DialectName): Dialect => ALL[name];
