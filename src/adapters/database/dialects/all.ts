import type { Dialect, DialectName } from '../dialect.ts';
import { mysql } from './mysql.ts';
import { oracle } from './oracle.ts';
import { postgresql } from './postgresql.ts';
import { sqlserver } from './sqlserver.ts';

const ALL: Readonly<Record<DialectName, Dialect>> = {
  postgresql,
  mysql,
  sqlserver,
  oracle,
};

/** The dialect of this name. */
export const dialectOf = (name: DialectName): Dialect => ALL[name];
