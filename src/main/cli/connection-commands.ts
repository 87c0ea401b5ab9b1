import { resolve } from 'node:path';
import { z } from 'zod';
import type { BodyOf, ReplyOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printFacts, printJson, printTable } from './print.ts';
import { policyOf, printPosting } from './posting-commands.ts';
import { readJson } from './read-json.ts';
import { readSecret } from './read-secret.ts';
import type { Context } from './source-commands.ts';

/** What a person says to connect a system. */
export type Wanted = {
  readonly name: string;
  readonly path?: string;
  readonly entity?: string;
  readonly mapping?: string;
  readonly set: readonly string[]; // 'key=value'
  readonly secret: readonly string[]; // 'name=env:VARIABLE'
  readonly posting?: readonly string[]; // 'settleMs=120000'
  readonly fallback?: string;
};

type NewConnection = BodyOf<'connectIntegration'>;
/** How a system is reached, as its adapter asks for it. */
export type Settings = NewConnection['settings'];

const WHERE = ['path', 'url', 'baseUrl', 'host']; // What says best where a system is.

/** Connects a system through an adapter. */
export async function connectSystem(
  { client, json }: Context,
  adapter: string,
  wanted: Wanted,
): Promise<number> {
  const { items } = await client.call('listAdapters');
  const entry = items.find(({ name }) => name === adapter);
  if (entry === undefined) {
    throw mainError('invalid', 'main.no-adapter', `connecting through '${adapter}'`, {
      remedy: `There are: ${items.map(({ name }) => name).join(', ')}.`,
    });
  }
  const path = wanted.path === undefined ? {} : { path: resolve(wanted.path) };
  const entity = wanted.entity === undefined ? {} : { entity: wanted.entity };
  const settings: Settings = { ...path, ...entity, ...settingsOf(entry.settings, wanted.set) };
  const secrets = secretsOf(wanted.secret);
  const mapping = mappingOf(wanted, entry.mappings);
  const posting = postingOf(wanted);
  const body = { name: wanted.name, adapter, settings, secrets, mapping, ...posting };
  const reply = await client.call('connectIntegration', { body });
  if (json) {
    printJson(reply);
    return EXIT_CODES.done;
  }
  const where = WHERE.map((key) => settings[key]).find((value) => typeof value === 'string');
  const { mapping: read } = reply.integration;
  console.log(`Connected ${wanted.name}: ${where ?? entry.title}, read with the mapping ${read}.`);
  if (reply.retiredSample) {
    console.log(
      `The sample company has retired: its ${reply.recordsRemoved} records are removed, so that answers speak of your own data alone.`,
    );
  }
  await sayWhatIsWrong(client, wanted.name);
  return EXIT_CODES.done;
}

/** A shipped mapping by its name; what looks like a file is read as a pack of one's own. */
function mappingOf(
  { name, mapping }: Wanted,
  shipped: readonly string[],
): NewConnection['mapping'] {
  const [only] = shipped.length === 1 ? shipped : [];
  const asked = mapping ?? only;
  if (asked === undefined) {
    throw mainError('invalid', 'main.bad-setting', `connecting '${name}'`, {
      remedy: `Say how it is read with --mapping: ${shipped.join(', ')}, or a file of your own.`,
    });
  }
  if (asked !== '-' && !/[/\\]|\.json$/i.test(asked)) return asked;
  const pack = readJson(asked);
  if (typeof pack === 'object' && pack !== null && !Array.isArray(pack)) return pack;
  throw mainError('invalid', 'main.bad-setting', `reading ${asked}`, {
    remedy: 'A mapping is a JSON object; `rialto mappings show` prints one to begin with.',
  });
}

function postingOf({ posting = [], fallback }: Wanted): Pick<NewConnection, 'posting'> {
  if (posting.length === 0 && fallback === undefined) return {};
  const policy = policyOf(posting);
  return { posting: fallback === undefined ? { policy } : { policy, fallback } };
}

/** Tries a connection at once: a wrong path is noticed now, not at the first sync. */
export async function sayWhatIsWrong(client: Context['client'], name: string): Promise<void> {
  const { items } = await client.call('testIntegration', { params: { name } });
  const wrong = items.filter(({ ok }) => !ok);
  if (wrong.length === 0) console.log(`It can be read. Next: rialto sync ${name}`);
  else {
    console.log('It cannot be read yet:');
    for (const { check, detail } of wrong) console.log(`! ${check}: ${detail}`);
    console.log(`Mend that: rialto change ${name} --set key=value, or --secret name=env:VARIABLE`);
    console.log(`Then: rialto test ${name}`);
  }
}

/** Lists the adapters and what each asks for. */
export async function showAdapters({ client, json }: Context): Promise<number> {
  const reply = await client.call('listAdapters');
  if (json) printJson(reply);
  else {
    printTable(
      ['adapter', 'for', 'settings (* needed)', 'secrets', 'mappings'],
      reply.items.map(({ name, title, settings, secrets, mappings }) => {
        const { required, properties } = schemaOf(settings);
        const asked = Object.keys(properties).map((key) =>
          required.includes(key) ? `${key}*` : key,
        );
        const kept = secrets.map((secret) => (secret.optional ? secret.name : `${secret.name}*`));
        return [name, title, asked.join(' '), kept.join(' '), mappings.join(' ')];
      }),
    );
  }
  return EXIT_CODES.done;
}

/** Shows a connection and how it is doing. */
export async function showConnection({ client, json }: Context, name: string): Promise<number> {
  const params = { name };
  const detail = await client.call('getIntegration', { params });
  const health = await client.call('getHealthOf', { params });
  if (json) {
    printJson({ ...detail, health });
    return EXIT_CODES.done;
  }
  const { adapter, mapping, mappingVersion, settings, secrets, writes, posting } = detail;
  printFacts([
    ['adapter', adapter],
    ['mapping', `${mapping}, version ${mappingVersion}`],
    ...Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ['secrets kept', secrets.join(' ')],
    ['takes', writes.join(' ')],
    ['standing', health.standing],
    ['last run', health.lastRun && `${health.lastRun.status} ${health.lastRun.at}`],
    ['to be sent', health.waiting],
    ['handed over', health.handedOver === 0 ? undefined : health.handedOver],
    ...health.logs.map((log): [string, string] => [`log of ${log.entity}`, logWords(log)]),
    ...health.hosts.map((host): [string, string] => [`host ${host.host}`, hostWords(host)]),
  ]);
  if (writes.length > 0) printPosting(posting);
  for (const reason of health.reasons) console.log(`! ${reason}`);
  return health.standing === 'failing' ? EXIT_CODES.failed : EXIT_CODES.done;
}

function logWords({
  state,
  name,
  behindBytes,
  behindSeconds,
  followed,
}: ReplyOf<'getHealthOf'>['logs'][number]): string {
  if (state === 'none') return `not kept yet: the first read makes ${name}`;
  const kept = `${Math.round((behindBytes ?? 0) / 1000)} kB behind`;
  const idle = behindSeconds === undefined ? '' : `, not read for ${behindSeconds} s`;
  return `${state}: ${kept}${followed ? ', listened to now' : idle}`;
}

function hostWords({
  circuit,
  until,
  limit,
  inFlight,
  ceiling,
}: ReplyOf<'getHealthOf'>['hosts'][number]): string {
  const learned = ceiling === undefined ? '' : `, ${ceiling} was too many`;
  const alone = until === undefined ? '' : ` until ${until}`;
  const standing = circuit === 'closed' ? 'answers' : `is left alone (${circuit})${alone}`;
  return `${standing}; ${inFlight} of ${limit} requests at once${learned}`;
}

/** Forgets a connection; its records stay. */
export async function disconnect({ client, json }: Context, name: string): Promise<number> {
  const reply = await client.call('deleteIntegration', { params: { name } });
  if (json) printJson(reply);
  else console.log(`${name} is forgotten, its secrets too. Its records and their history stay.`);
  return EXIT_CODES.done;
}

/** Keeps everything from being sent to a system, or lets it go. */
export async function holdSystem(
  { client, json }: Context,
  name: string,
  reason: string | undefined,
): Promise<number> {
  const params = { name };
  const reply =
    reason === undefined
      ? await client.call('releaseIntegration', { params })
      : await client.call('holdIntegration', { params, body: { reason } });
  if (json) printJson(reply);
  else {
    const done = reason === undefined ? 'What was held back goes out.' : 'Nothing is sent to it.';
    console.log(`${name}: ${done}`);
  }
  return EXIT_CODES.done;
}

/** Renews the keys that credentials are sealed with. */
export async function rotateVault({ client, json }: Context): Promise<number> {
  const reply = await client.call('rotateVault');
  if (json) printJson(reply);
  else console.log(`New keys; ${reply.secrets} secrets are sealed with them. Back up master.key.`);
  return EXIT_CODES.done;
}

const Part = z.object({
  type: z.string().optional(),
  properties: z.record(z.string(), z.object({ type: z.string().optional() })).optional(),
});
const Schema = z.object({
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), Part).default({}),
});

const schemaOf = (settings: unknown): z.infer<typeof Schema> => Schema.parse(settings);

/**
 * Reads `key=value` by what the adapter's schema says a key is; 'sftp.host' is a part of 'sftp', and
 * stands beside the parts that are there.
 */
export function settingsOf(
  schema: unknown,
  set: readonly string[],
  beside: Settings = {},
): Settings {
  const { properties } = schemaOf(schema);
  const settings: Settings = {};
  for (const pair of set) {
    const [key, text] = split(pair, '--set');
    const [group = '', part] = key.split('.', 2);
    const parts = part === undefined ? undefined : properties[group]?.properties;
    if (part === undefined || parts === undefined) {
      settings[key] = valueOf(key, text, properties[key]?.type);
    } else {
      const before = settings[group] ?? beside[group];
      const rest =
        typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
      settings[group] = { ...rest, [part]: valueOf(key, text, parts[part]?.type) };
    }
  }
  return settings;
}

function valueOf(key: string, text: string, type: string | undefined): Settings[string] {
  if (type === 'number' || type === 'integer') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'array') return text.split(',');
  return type === 'object' ? jsonOf(key, text) : text;
}

/** Reads each `name=where` and fetches the secret from there. */
export function secretsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, from] = split(pair, '--secret');
      return [name, readSecret(name, from)];
    }),
  );
}

function split(pair: string, flag: string): readonly [string, string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  throw mainError('invalid', 'main.bad-setting', `reading ${flag} ${pair.slice(0, 20)}`, {
    remedy: `Write ${flag} name=value.`,
  });
}

function jsonOf(key: string, text: string): Settings[string] {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    throw mainError('invalid', 'main.bad-setting', `reading --set ${key}`, {
      remedy: 'Its value has to be JSON.',
    });
  }
}
