/** What npm cannot bring, where to find it, and how to get it. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from './place.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The path of a Chromium: CHROMIUM_PATH, else the first of the usual names. */
export function findChromium() {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return existsSync(given) ? given : undefined;
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...places, MAC].find((place) => existsSync(place));
}

/** The server of a Tryton with the modules that its suites need, as Debian installs them. */
export function findTryton() {
  const python = '/usr/lib/python3/dist-packages';
  const modules = ['purchase', 'account_invoice_stock', 'production'];
  const needed = [
    '/usr/bin/trytond',
    `${python}/psycopg2`,
    ...modules.map((name) => `${python}/trytond/modules/${name}`),
  ];
  return needed.every((place) => existsSync(place)) ? needed[0] : undefined;
}

/** The OpenSSH server that the SFTP suites start. */
export function findSshd() {
  return ['/usr/sbin/sshd'].find((place) => existsSync(place) && existsSync('/usr/bin/ssh-keygen'));
}

/** The MariaDB that the database suites start. */
export function findMariadb() {
  const needed = ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/openssl'];
  return needed.every((place) => existsSync(place)) ? needed[0] : undefined;
}

/** The folder of ERP sample data that some suites read. */
export function findShared() {
  const folder = process.env['RIALTO_SHARED'] ?? join(dirname(ROOT), 'shared');
  return existsSync(join(folder, 'data', 'adventureworks')) ? folder : undefined;
}
