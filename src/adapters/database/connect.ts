import { isIP } from 'node:net';
import type { DocumentAdapter } from '#adapter-kit';
import { addressOf, checkNetworks } from './address.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkConnection } from './check-connection.ts';
import type { Connection } from './connection.ts';
import type { DialectName, SignIn, Tls } from './dialect.ts';
import { dialectOf } from './dialects/all.ts';
import { sourceError } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import type { DatabaseProfile } from './profile/profile.ts';
import { pullDocuments } from './pull-documents.ts';
import { behindLog } from './log/behind.ts';
import { followLog, releaseLog } from './log/follow-log.ts';
import { pullLog } from './log/pull-log.ts';
import { writerOf } from './writer.ts';

/** Which database, where, and as whom. */
export type DatabaseSettings = {
  readonly profile: DatabaseProfile;
  readonly dialect: DialectName;
  readonly host: string;
  readonly port?: number; // The server's usual one.
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly networks?: readonly string[]; // Not public, but allowed: '10.1.0.0/16'.
  readonly tls?: Tls; // Absent: verified by the machine's authorities.
  readonly statementSecondsMax?: number;
  readonly slots?: string; // What begins the names of slots, each connection its own: 'rialto_erp'.
};

const STATEMENT_SECONDS_MAX = 120;

/** Connects a database by its profile. Fails when the settings do not fit. */
export function connectDatabase(settings: DatabaseSettings): DocumentAdapter {
  const { profile, networks = [] } = settings;
  const dialect = dialectOf(settings.dialect);
  checkNetworks(networks);
  if (settings.tls !== 'off' && isIP(settings.host) !== 0) {
    throw sourceError('invalid', 'database.settings-invalid', 'connecting a database', {
      remedy: "Over TLS, name the host as its certificate does; or switch 'tls' off.",
    });
  }
  if (dialect.name !== 'postgresql') {
    const told = Object.keys(profile.entities).find((entity) => isTold(profile, entity));
    if (told !== undefined) {
      throw sourceError('invalid', 'database.settings-invalid', 'connecting a database', {
        remedy: `Only the log of PostgreSQL can be read: '${told}' needs another 'changes'.`,
      });
    }
  }
  if (profile.dialects?.includes(dialect.name) === false) {
    throw sourceError('invalid', 'database.settings-invalid', 'connecting a database', {
      remedy: `The profile '${profile.name}' is for ${profile.dialects.join(', ')}.`,
    });
  }
  const resolve = async (): Promise<SignIn['address']> =>
    await addressOf(settings.host, settings.port ?? dialect.portDefault, networks);
  const signIn = async (stop: AbortSignal): Promise<SignIn> => {
    stop.throwIfAborted();
    const { database, user, password } = settings;
    const { tls = {}, statementSecondsMax = STATEMENT_SECONDS_MAX } = settings;
    const address = await resolve();
    return { address, database, user, password, tls, statementSecondsMax, stop };
  };
  const connection: Connection = {
    profile,
    dialect,
    signIn,
    open: async (stop) => await dialect.connect(await signIn(stop)),
    slots: settings.slots ?? 'rialto',
  };
  const reading: DocumentAdapter = {
    name: 'database',
    capabilities: capabilitiesOf(profile),
    test: async (stop) =>
      await checkConnection(connection, async () => `it is ${(await resolve()).address}`, stop),
    pull: (entity, from, stop) =>
      isTold(profile, entity)
        ? pullLog(connection, entity, from, stop)
        : pullDocuments(connection, entity, from, stop),
    fetch: async (entity, key, stop) => await fetchDocument(connection, entity, key, stop),
    ...(Object.keys(profile.entities).some((entity) => isTold(profile, entity))
      ? {
          follow: async (places, stop) => await followLog(connection, places, stop),
          behind: async (stop) => await behindLog(connection, stop),
          release: async (stop) => await releaseLog(connection, stop),
        }
      : {}),
  };
  if (reading.capabilities.writes.length === 0) return reading;
  return { ...reading, writer: writerOf(connection) };
}

/** Whether the server's log tells an entity's changes. */
const isTold = ({ entities }: DatabaseProfile, entity: string): boolean =>
  Object.hasOwn(entities, entity) && entities[entity]?.changes.by === 'log';
