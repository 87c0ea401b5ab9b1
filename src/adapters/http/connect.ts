import { randomUUID } from 'node:crypto';
import type { DocumentAdapter, ExchangeLog } from '#adapter-kit';
import type { RefreshTokenKeeper } from '#adapter-kit/auth';
import { createHttpClient, directTransport, isNetwork } from '#adapter-kit/http';
import type { HostState, HttpLimits, Random, Sleep, Transport } from '#adapter-kit/http';
import { systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { capabilitiesOf } from './capabilities.ts';
import { checkConnection } from './check-connection.ts';
import type { Connection } from './connection.ts';
import { httpError } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import { lookUpCommand } from './look-up.ts';
import type { HttpProfile } from './profile/profile.ts';
import { pullDocuments } from './pull-documents.ts';
import { signInBy, tokenUrlOf } from './sign-in.ts';
import type { Credentials } from './sign-in.ts';
import { batchWriterOf } from './write-batch.ts';
import { previewCommand, writeCommand } from './write-command.ts';

/** Which system, where, and as whom. */
export type HttpAdapterSettings = {
  readonly profile: HttpProfile;
  readonly baseUrl?: string; // The profile's own, when it has one.
  readonly credentials?: Credentials;
  readonly networks?: readonly string[]; // Not public, but allowed: '10.1.0.0/16'.
  readonly certificateAuthority?: string; // PEM.
  readonly limits?: Partial<HttpLimits>;
  readonly log?: ExchangeLog;
  readonly refreshTokens?: RefreshTokenKeeper; // Absent: kept for as long as the process runs.
  readonly clock?: Clock;
  readonly random?: Random;
  readonly sleep?: Sleep;
  readonly newId?: () => string;
  readonly transport?: Transport; // Instead of the network: a recording, a replay.
};

/** A system behind a profile. */
export type HttpAdapter = DocumentAdapter & {
  /** How its hosts are doing: circuit, learned limit, requests under way. */
  hosts(): readonly HostState[];
  close(): Promise<void>;
};

/** Connects a system by its profile. Fails when settings or credentials are wanting. */
export function connectHttp(settings: HttpAdapterSettings): HttpAdapter {
  const { profile, clock = systemClock, random = Math.random, newId = randomUUID } = settings;
  const baseUrl = baseUrlOf(settings);
  const direct = settings.transport === undefined ? transportOf(settings, baseUrl) : undefined;
  const transport = settings.transport ?? direct;
  if (transport === undefined) throw new Error('assertion failed: there is a transport');
  const { refreshTokens, log, limits, sleep, credentials = {} } = settings;
  const world = { baseUrl, clock, newId, ...(refreshTokens && { refreshTokens }) };
  const authentication = signInBy(profile.auth, credentials, world);
  const client = createHttpClient({
    transport,
    clock,
    random,
    ...(authentication && { authentication }),
    ...(log && { log }),
    ...(limits && { limits }),
    ...(sleep && { sleep }),
    ...(profile.secretFields && { secretNames: profile.secretFields }),
  });
  const { auth } = profile;
  const secretParameter = auth.kind === 'api-key' && auth.in === 'query' ? auth.name : undefined;
  const connection = {
    profile,
    baseUrl,
    client,
    clock,
    ...(secretParameter === undefined ? {} : { secretParameter }),
  };
  return {
    ...adapterOf(connection),
    hosts: () => client.state(),
    close: async () => await direct?.close(),
  };
}

function adapterOf(connection: Connection): DocumentAdapter {
  const capabilities = capabilitiesOf(connection.profile);
  const reading = {
    name: 'http',
    capabilities,
    test: async (stop: AbortSignal) => await checkConnection(connection, stop),
    pull: (entity, from, stop) => pullDocuments(connection, entity, from, stop),
    fetch: async (entity, key, stop) => await fetchDocument(connection, entity, key, stop),
  } satisfies DocumentAdapter;
  if (capabilities.writes.length === 0) return reading;
  const many = batchWriterOf(connection);
  return {
    ...reading,
    writer: {
      write: async (command, stop) => await writeCommand(connection, command, stop),
      lookup: async (command, stop) => await lookUpCommand(connection, command, stop),
      preview: (command) => previewCommand(connection, command),
      ...(many === undefined ? {} : { many }),
    },
  };
}

function transportOf(
  settings: HttpAdapterSettings,
  baseUrl: string,
): ReturnType<typeof directTransport> {
  const { profile, networks = [], certificateAuthority } = settings;
  const wrong = networks.filter((network) => !isNetwork(network));
  if (wrong.length > 0)
    throw badSetting(`'${wrong.join("', '")}' is no network like '10.1.0.0/16'`);
  const urls = [baseUrl, tokenUrlOf(profile.auth, baseUrl) ?? baseUrl];
  const hosts = [...new Set(urls.map((url) => new URL(url).host))];
  return directTransport({
    destinations: { hosts, networks },
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  });
}

function baseUrlOf({ profile, baseUrl = profile.baseUrl }: HttpAdapterSettings): string {
  if (baseUrl === undefined) throw badSetting('a base URL is needed: the profile has none');
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw badSetting('the base URL is no http or https address');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw badSetting('the base URL holds a user, a query or a fragment: credentials go elsewhere');
  }
  return url.href.replace(/\/+$/, '');
}

const badSetting = (remedy: string): Error =>
  httpError('invalid', 'http.settings-invalid', 'connecting', { remedy });
