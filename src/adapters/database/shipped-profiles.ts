import oracleEbs from './profiles/oracle-ebs.json' with { type: 'json' };
import purchasingTables from './profiles/purchasing-tables.json' with { type: 'json' };
import { parseDatabaseProfile } from './profile/profile.ts';
import type { DatabaseProfile } from './profile/profile.ts';

const SHIPPED: Readonly<Record<string, unknown>> = {
  'purchasing-tables': purchasingTables,
  'oracle-ebs': oracleEbs,
};

/** The names of the profiles that come with Rialto. */
export const SHIPPED_PROFILES: readonly string[] = Object.keys(SHIPPED);

/** A profile that comes with Rialto; undefined: none has this name. */
export function shippedProfile(name: string): DatabaseProfile | undefined {
  return Object.hasOwn(SHIPPED, name) ? parseDatabaseProfile(SHIPPED[name]) : undefined;
}
