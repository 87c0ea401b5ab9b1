/** The command line as a process: what is mistyped. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROUTES } from '#api-contract';

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

test.each([
  ['--years', '0', 'from 1 to 10'],
  ['--years', '99', 'from 1 to 10'],
  ['--seed', 'x', 'from 0 to 2147483647'],
  ['--size', 'huge', 'small, medium, large'],
  ['--speed', 'slow', 'fast, live'],
])('simulate %s %s ends with 2 and names the option and what it may be', (option, value, may) => {
  const words = [CLI, 'simulate', option, value];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    new RegExp(`^error: option '${option} .*'${value}' is invalid.*${may}`, 'm'),
  );
});

test('the server takes the same years and seeds, and no others', () => {
  const { body } = ROUTES.simulateCompany;
  const takes = (wish: object): boolean => body.safeParse(wish).success;
  expect([1, 10].every((years) => takes({ years }))).toBe(true);
  expect([0, 11].some((years) => takes({ years }))).toBe(false);
  expect([0, 2_147_483_647].every((seed) => takes({ seed }))).toBe(true);
  expect([-1, 2_147_483_648].some((seed) => takes({ seed }))).toBe(false);
});
