/** `npm run check`: every static check, the unit tests, and the web build. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './place.mjs';
import { binOf, captureNode } from './runtime.mjs';
import { runTests } from './test.mjs';
import { buildWeb } from './web.mjs';

const AT_ONCE = 2;

/** Runs all of them, whatever fails; answers 0 when all passed. `--without-tests` leaves those. */
export async function runChecks(args) {
  const began = Date.now();
  const failed = [];
  const waiting = [...checks()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await passes(next))) failed.push(next.name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (!args.includes('--without-tests') && (await runTests(['--unit'])) !== 0) failed.push('tests');
  const seconds = Math.round((Date.now() - began) / 1000);
  say(
    failed.length === 0 ? `\nAll checks passed in ${seconds} s.` : `\nFailed: ${failed.join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
}

function checkOf(name, args) {
  return { name, run: () => captureNode(args) };
}

function checks() {
  const tsc = binOf('typescript', 'tsc');
  const web = existsSync(join(ROOT, 'web', 'tsconfig.json'));
  return [
    checkOf('format', [binOf('@biomejs/biome'), 'format', '.']),
    checkOf('lint', [binOf('oxlint'), '--type-aware']),
    checkOf('types', [tsc]),
    ...(web ? [checkOf('types of the web app', [tsc, '-p', 'web/tsconfig.json'])] : []),
    checkOf('unused code', [binOf('knip')]),
    ...(web ? [{ name: 'web build', run: buildWeb }] : []),
  ];
}

async function passes({ name, run }) {
  const began = Date.now();
  const { code, said } = await run();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (code !== 0) say(`\n${said.trimEnd()}\n`);
  say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  return code === 0;
}
