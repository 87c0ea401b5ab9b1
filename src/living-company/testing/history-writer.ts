/** A writer of history as a process of its own, so that it can be killed. */
import { argv } from 'node:process';
import { openDatabase } from '#database';
import { goOnWriting } from '../write-history.ts';

const database = await openDatabase({ url: argv[2] ?? '' });
process.stdin.on('end', () => process.exit(0)).resume(); // Whoever started it is gone.
await goOnWriting(database);
await database.close();
process.exit(0);
