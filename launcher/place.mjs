/** Where we are, and how the launcher speaks: to stderr, so that `--json` on stdout stays pure. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Says one line. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with a message and what helps. */
export function stopWith(message, remedy) {
  say(`\n${message}\n→ ${remedy}`);
  process.exit(1);
}
