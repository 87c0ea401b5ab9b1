import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNetwork, refusalOfAddress, refusalOfUrl } from './destinations.ts';

const only = { hosts: ['erp.example.com', 'erp.example.com:8443'] };

test('only the hosts of the integration may be asked, by their very port', () => {
  const refusal = (url: string): string | undefined => refusalOfUrl(new URL(url), only);
  expect(refusal('https://erp.example.com/api')).toBeUndefined();
  expect(refusal('https://ERP.example.com:8443/api')).toBeUndefined();
  expect(refusal('https://erp.example.com:9999/')).toMatch('not among');
  expect(refusal('https://erp.example.com.evil.test/')).toMatch('not among');
  expect(refusal('https://evil.test/?x=erp.example.com')).toMatch('not among');
  expect(refusal('https://user:pw@erp.example.com/')).toMatch('password');
  expect(refusal('file:///etc/passwd')).toMatch('neither');
});

const REFUSED = [
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'fc00::1',
  'ff02::1',
  'not-an-address',
];

test.each(REFUSED)('%s is refused unless it is allowed', (address) => {
  expect(refusalOfAddress(address, { hosts: [] })).toBeDefined();
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  '%s is on the public internet',
  (address) => {
    expect(refusalOfAddress(address, { hosts: [] })).toBeUndefined();
  },
);

test('a network that an integration allows is open to it, and no other', () => {
  const inside = { hosts: [], networks: ['10.1.0.0/16', '::1'] };
  expect(refusalOfAddress('10.1.2.3', inside)).toBeUndefined();
  expect(refusalOfAddress('::ffff:10.1.2.3', inside)).toBeUndefined();
  expect(refusalOfAddress('::1', inside)).toBeUndefined();
  expect(refusalOfAddress('10.2.0.1', inside)).toMatch('not a public address');
});

test('a metadata address is open only by its own name, not by a network around it', () => {
  const wide = { hosts: [], networks: ['0.0.0.0/0', '::/0'] };
  expect(refusalOfAddress('169.254.169.254', wide)).toMatch('metadata');
  const exact = { hosts: [], networks: ['169.254.169.254/32'] };
  expect(refusalOfAddress('169.254.169.254', exact)).toBeUndefined();
});

test('every address of the private networks is refused in both writings', () => {
  const parts = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
  fc.assert(
    fc.property(parts, fc.constantFrom(10, 127), ([b, c, d], a) => {
      const address = [a, b, c, d].join('.');
      expect(refusalOfAddress(address, { hosts: [] })).toBeDefined();
      expect(refusalOfAddress(`::ffff:${address}`, { hosts: [] })).toBeDefined();
    }),
  );
});

test('what is no network is told', () => {
  expect(['10.0.0.0/8', '10.0.0.1', '::1', 'fc00::/7'].filter((one) => !isNetwork(one))).toEqual(
    [],
  );
  expect(['10.0.0.0/33', 'x/8', '10.0.0.0/8/8', ''].filter(isNetwork)).toEqual([]);
});
