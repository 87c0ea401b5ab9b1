#!/usr/bin/env node
/** `npx rialto <command>`: the command line, on the pinned Node. */
import { join } from 'node:path';
import { endWithNpm } from './end-with-npm.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT } from './place.mjs';
import { runNode } from './runtime.mjs';

endWithNpm();
await ensureInstalled();
const cli = join(ROOT, 'src', 'main', 'cli.ts');
process.exitCode = await runNode([cli, ...process.argv.slice(2)], { leashed: true });
