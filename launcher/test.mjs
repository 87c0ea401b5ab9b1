/** `npm test`: all that needs only npm packages, and the rest where the machine has what it needs. */
import { testFiles } from './test-files.mjs';
import { findChromium, findMariadb, findShared, findSshd, findTryton } from './browser.mjs';
import { say } from './place.mjs';
import { binOf, runNode } from './runtime.mjs';
import { ensureWebBuilt } from './web.mjs';

const TRYTON_PACKAGES =
  'tryton-server tryton-modules-purchase tryton-modules-account-invoice-stock ' +
  'tryton-modules-production python3-psycopg2';

const SUITES = [
  {
    pattern: /\.browser\.test\.tsx?$/,
    needs: 'Chromium',
    remedy: 'sudo apt-get install -y chromium   (or set CHROMIUM_PATH)',
    find: findChromium,
    demanded: true,
  },
  {
    pattern: /\.tryton\.test\.ts$|adapters\/tryton\/contract\.test\.ts$/,
    needs: 'a Tryton server',
    remedy: `sudo apt-get install -y --no-install-recommends ${TRYTON_PACKAGES}`,
    find: findTryton,
    demanded: true,
  },
  {
    pattern: /\.sftp\.test\.ts$/,
    needs: 'an OpenSSH server',
    remedy: 'sudo apt-get install -y --no-install-recommends openssh-server',
    find: findSshd,
    demanded: true,
  },
  {
    pattern: /\.mariadb\.test\.ts$/,
    needs: 'a MariaDB server',
    remedy: 'sudo apt-get install -y --no-install-recommends mariadb-server openssl',
    find: findMariadb,
    demanded: true,
  },
  {
    pattern: /\.shared\.test\.ts$/,
    needs: 'the sample ERP data beside this folder (../shared/data)',
    remedy: 'set RIALTO_SHARED to the folder that holds data/adventureworks',
    find: findShared,
    demanded: false,
  },
];

/**
 * Runs vitest with the words given. `--all`: what the machine lacks is a failure. `--unit`: only
 * quick tests, without browser, scenarios and sample data.
 */
export async function runTests(args) {
  const [all, unit] = ['--all', '--unit'].map((flag) => args.includes(flag));
  const words = args.filter((word) => !['--all', '--unit'].includes(word));
  const suites = SUITES.map((suite) => ({ ...suite, files: testFiles(suite.pattern) }));
  const missing = suites.filter(({ find, files }) => files.length > 0 && find() === undefined);
  const left = unit ? suites : missing;
  const chromium = findChromium();
  const narrowed = words.some((word) => !word.startsWith('-'));
  if (!unit && !narrowed && chromium !== undefined) await ensureWebBuilt();
  const excluded = left.flatMap(({ files }) => files).flatMap((file) => ['--exclude', file]);
  const code = await runNode(
    [
      binOf('vitest'),
      'run',
      ...excluded,
      ...(unit ? ['--exclude', 'scenarios/**'] : []),
      ...(words.length === 0 ? [] : ['--passWithNoTests']),
      ...words,
    ],
    { env: chromium === undefined ? {} : { CHROMIUM_PATH: chromium } },
  );
  if (unit) return code;
  for (const { needs, remedy, files } of missing) {
    say(`\nNot run, for want of ${needs}:`);
    for (const file of files) say(`  ${file}`);
    say(`To run them: ${remedy}`);
  }
  const refused = all && missing.some(({ demanded }) => demanded);
  if (refused) say('\n--all was asked for: what was not run counts as failed.');
  return code !== 0 ? code : Number(refused);
}
