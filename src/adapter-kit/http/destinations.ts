import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Where an integration may connect to. Everything else is refused. */
export type Destinations = {
  /** 'erp.example.com', or with a port; without one, the scheme's own port. Lower case. */
  readonly hosts: readonly string[];
  /** Networks that are not on the public internet but allowed here, as '10.1.0.0/16'. */
  readonly networks?: readonly string[];
};

const PRIVATE: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // Carriers' shared space, and some clouds' metadata.
  '127.0.0.0/8',
  '169.254.0.0/16', // Link-local: cloud metadata.
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96', // IPv4 behind a translator.
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32', // Teredo: holds an IPv4 address.
  '2001:db8::/32',
  '2002::/16', // 6to4: holds an IPv4 address.
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** Where clouds tell a machine its own secrets: allowed only by that very address. */
const METADATA: readonly string[] = [
  '169.254.169.254',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
];

const privateSpace = blockListOf(PRIVATE);

/** Why a URL may not be asked for, by its scheme, user part and host; undefined: it may. */
export function refusalOfUrl(url: URL, { hosts }: Destinations): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `'${url.protocol}' is neither https nor http`;
  }
  if (url.username !== '' || url.password !== '') return 'a URL must not hold a password';
  // `host` leaves the scheme's own port out, as the list does.
  return hosts.includes(url.host) ? undefined : `${url.host} is not among this integration's hosts`;
}

/** Why an address may not be connected to; undefined: it may. */
export function refusalOfAddress(
  address: string,
  { networks = [] }: Destinations,
): string | undefined {
  const plain = unmapped(address);
  if (isIP(plain) === 0) return `'${address}' is not an address`;
  const exact = networks.some((network) => network.replace(/\/(32|128)$/, '') === plain);
  if (METADATA.includes(plain)) {
    return exact ? undefined : `${plain} is a cloud's metadata address`;
  }
  const kind = isIPv4(plain) ? 'ipv4' : 'ipv6';
  if (!privateSpace.check(plain, kind)) return undefined;
  return blockListOf(networks).check(plain, kind)
    ? undefined
    : `${plain} is not a public address, and its network is not allowed for this integration`;
}

/** Whether a text is a network as `Destinations` takes it. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const kind = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (kind === 'ipv6' ? 128 : 32)), kind);
  }
  return list;
}

/** An IPv4 address inside an IPv6 one ('::ffff:127.0.0.1', also in hex) is that IPv4 address. */
function unmapped(address: string): string {
  const bare = address
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const dotted = /^::ffff:(?:0:)?(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (dotted !== undefined) return dotted;
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(bare);
  if (hex === null) return bare;
  const [high, low] = [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
