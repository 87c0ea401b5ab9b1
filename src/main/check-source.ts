import type { Adapter } from '#adapter-kit';
import { loadPack, parsePack } from '#sync';
import type { AnyPack } from '#sync';
import { checkSource, registrationOf } from './adapters/connect-adapter.ts';
import type { Given } from './adapters/registration.ts';
import { mainError } from './errors.ts';

/** What a person gives to connect a system. */
type Wanted = {
  readonly name: string;
  readonly adapter: string;
  readonly settings: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  readonly mapping: string | object; // One that ships, by its name, or a pack of one's own.
};

/** What an adapter is given of the house it is made in. */
type House = Pick<Given, 'clock' | 'erp'>;

/**
 * The pack of what is to be connected, once all that can be told without asking the system has been
 * looked at. Fails with `main.bad-source`, with `sync.bad-mapping`, with `sync.no-pack`, or with what
 * the adapter says of its settings.
 */
export async function checkWanted(wanted: Wanted, house: House): Promise<AnyPack> {
  const { adapter, mapping, settings, secrets } = wanted;
  checkSource(adapter, { settings, secrets });
  const own = typeof mapping !== 'string';
  const pack = own ? parsePack(nameIn(mapping), mapping) : await loadPack(mapping);
  if (pack.adapter !== adapter) {
    throw mainError('invalid', 'main.bad-source', `connecting through ${adapter}`, {
      remedy: `The mapping '${pack.name}' is for '${pack.adapter}'.`,
    });
  }
  const made = tryToMake(wanted, pack, house);
  if (own && !('layout' in pack)) checkEntities(made, pack);
  return pack;
}

/** Makes the adapter as the connection will, so that settings which do not fit are told of now. */
export function tryToMake(
  { name, adapter, settings, secrets }: Omit<Wanted, 'mapping'>,
  pack: AnyPack,
  house: House,
  kept: Wanted['secrets'] = {}, // An empty secret is none: the one that is kept stays.
): Adapter {
  const given = Object.entries(secrets).filter(([, text]) => text !== '');
  const all = { ...kept, ...Object.fromEntries(given) };
  const registration = registrationOf(adapter);
  return registration.connect({ integration: name, settings, secrets: all, pack, ...house });
}

const nameIn = (pack: object): string => {
  const name: unknown = Reflect.get(pack, 'name');
  return typeof name === 'string' ? name.slice(0, 100) : 'without a name';
};

/** Fails with `main.bad-source` when a mapping begins at what the system does not hand over. */
function checkEntities({ capabilities }: Adapter, { mappings }: AnyPack): void {
  const known = Object.keys(capabilities.reads);
  const missing = new Set(mappings.map(({ from }) => from).filter((from) => !known.includes(from)));
  if (missing.size === 0) return;
  throw mainError('invalid', 'main.bad-source', 'comparing the mapping with what can be read', {
    remedy: `It reads from ${[...missing].join(', ')}; there is ${known.join(', ') || 'nothing'}.`,
  });
}
