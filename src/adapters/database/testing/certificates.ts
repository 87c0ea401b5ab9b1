/** Certificates of an authority that exists for one test only. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '#kernel';

export type TestAuthority = {
  readonly pem: string; // What those who trust it are given.
  /** Makes a certificate for one name: the files of certificate and key, readable by all. */
  certify(name: string): { readonly certificate: string; readonly key: string };
  remove(): void;
};

/** Makes an authority in a folder of its own. */
export function makeAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-tls-'));
  chmodSync(folder, 0o755);
  const openssl = (...words: readonly string[]): void => {
    const done = spawnSync('/usr/bin/openssl', words, { cwd: folder, encoding: 'utf8' });
    assert(done.status === 0, `openssl ends well: ${done.stderr}`);
  };
  const subject = ['-subj', '/CN=Test authority', '-days', '2'];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem'];
  openssl('req', '-x509', ...made, ...subject);
  return {
    pem: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    certify(name) {
      const file = (kind: string): string => `${name}.${kind}`;
      const request = ['-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`];
      openssl('req', ...request, '-keyout', file('key'), '-out', file('csr'));
      writeFileSync(join(folder, file('names')), `subjectAltName=DNS:${name}`);
      const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
      openssl(
        'x509',
        '-req',
        '-in',
        file('csr'),
        ...signed,
        '-extfile',
        file('names'),
        '-out',
        file('pem'),
      );
      for (const kind of ['key', 'pem']) chmodSync(join(folder, file(kind)), 0o644);
      return { certificate: join(folder, file('pem')), key: join(folder, file('key')) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
