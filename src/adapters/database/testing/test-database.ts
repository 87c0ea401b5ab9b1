import type { DatabaseSettings } from '../connect.ts';

/** An empty database, how an adapter gets in, and a way of the test's own to it. */
export type TestDatabase = {
  readonly settings: Omit<DatabaseSettings, 'profile'>;
  /** Runs statements as the owner of the database. Rows come as the driver has them. */
  run(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A second way in, for transactions that stay open. */
  second(): Promise<Omit<TestDatabase, 'settings' | 'second'>>;
  stop(): Promise<void>;
};
