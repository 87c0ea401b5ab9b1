/** The command line as a process: what is mistyped. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CLI = join(import.meta.dirname, 'cli.ts');

test.each([
  ['a command that there is not', ['erp', 'unicorns'], 'rialto erp'],
  ['an option that there is not', ['simulate', '--sise', 'small'], 'rialto simulate'],
  ['an option that is wanted', ['simulate', 'truth'], 'rialto simulate truth'],
])('%s ends with 2 and says where to look', (_, words, path) => {
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...words], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: /m);
  expect(stderr).toContain(`\`${path} --help\` says what there is.`);
});
