import { lookup } from 'node:dns/promises';
import { kitError } from '#adapter-kit';
import { isNetwork, refusalOfAddress } from '#adapter-kit/http';
import { sourceError } from './errors.ts';

/** A host, and the address of it that was found to be allowed. */
export type Address = { readonly host: string; readonly address: string; readonly port: number };

/**
 * Resolves a host and looks whether we may connect there: a public address, or one of a network that
 * is allowed. The driver is given the address itself, so that it cannot become another one.
 */
export async function addressOf(
  host: string,
  port: number,
  networks: readonly string[],
): Promise<Address> {
  const doing = `connecting to ${host}`;
  const found = await lookup(host, { all: true, order: 'ipv4first' }).catch((cause: unknown) => {
    throw sourceError('unavailable', 'database.source-not-reached', doing, {
      cause,
      remedy: 'The host has no address: check its name.',
    });
  });
  const refusals = found.map(({ address }) => refusalOfAddress(address, { hosts: [], networks }));
  const refused = refusals.find((refusal) => refusal !== undefined);
  const [first] = found;
  if (refused === undefined && first !== undefined) return { host, address: first.address, port };
  throw kitError('forbidden', 'adapter-kit.destination-refused', doing, {
    cause: new Error(refused ?? 'it has no address'),
    remedy: "Where the database may be: name its network in 'networks'.",
  });
}

/** Fails when one of them is no network. */
export function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.filter((network) => !isNetwork(network));
  if (wrong.length === 0) return;
  throw sourceError('invalid', 'database.settings-invalid', 'connecting a database', {
    remedy: `'${wrong.join("', '")}' is no network like '10.1.0.0/16'.`,
  });
}
