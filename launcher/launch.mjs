/** Behind every npm script: installs what is missing, then runs the command on the pinned Node. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './check.mjs';
import { endWithNpm } from './end-with-npm.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, stopWith } from './place.mjs';
import { binOf, runNode } from './runtime.mjs';
import { testFiles } from './test-files.mjs';
import { runTests } from './test.mjs';
import { ensureWebBuilt } from './web.mjs';

const COMMANDS = { start, test: runTests, check: runChecks, dev, golden, bench };

const [name = '', ...words] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  stopWith(`There is no '${name}' here.`, `Use one of ${Object.keys(COMMANDS).join(', ')}.`);
}
endWithNpm();
await ensureInstalled();
process.exitCode = await command(words);

async function start(args) {
  if (!args.includes('--help') && !(await ensureWebBuilt())) {
    stopWith(
      'Rialto was not started.',
      'Mend the web app (`npm run check` shows more), then start again.',
    );
  }
  const serve = join(ROOT, 'src', 'main', 'serve.ts');
  return runNode([serve, ...args], { leashed: true, serves: true });
}

/** The server, restarted when its source changes, beside Vite's own server on port 4601. */
async function dev(args) {
  const serve = ['--watch-path=src', '--watch-preserve-output', 'src/main/serve.ts', ...args];
  const vite = [binOf('vite'), 'web'];
  return Math.max(...(await Promise.all([runNode(serve), runNode(vite)])));
}

/** Rewrites golden files from what the code does now, all or of one folder; review reads the diff. */
function golden(args) {
  const env = { RIALTO_GOLDEN: 'rewrite' };
  const wanted = testFiles(/golden\.test\.ts$/).filter(
    (file) => args.length === 0 || args.some((word) => file.startsWith(word)),
  );
  if (wanted.length === 0) stopWith('There is no golden test there.', 'Name a folder: src/api');
  return runNode([binOf('vitest'), 'run', ...wanted, '--update'], { env });
}

function bench(args) {
  const [topic, ...rest] = args;
  const script = join(ROOT, 'bench', `${topic}.ts`);
  if (topic === undefined || !existsSync(script)) {
    const files = existsSync(join(ROOT, 'bench')) ? readdirSync(join(ROOT, 'bench')) : [];
    const topics = files
      .filter((file) => /^[a-z-]+\.ts$/.test(file))
      .map((file) => file.slice(0, -3));
    stopWith(
      `Which benchmark? ${topics.join(', ') || 'There is none yet.'}`,
      `npm run bench -- ${topics[0] ?? 'sync'}`,
    );
  }
  return runNode([script, ...rest], { serves: true }); // Also what asks: it is elsewhere, as a rule.
}
