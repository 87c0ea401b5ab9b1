import { Command } from 'commander';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { EXIT_CODES, exitCodeOf } from './errors.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { tellError } from './tell-error.ts';
import { readSettings } from './settings.ts';
import type { Flags } from './settings.ts';

const program = new Command('npm start --')
  .description('Starts Rialto: the web app and the API on one address, until Ctrl-C.')
  .option('--port <number>', 'where to listen; 0 is any free port', '4600')
  .option('--host <name>', 'the name or address to listen on', 'localhost')
  .option('--data-dir <folder>', 'where data lives (default: ~/.local/share/rialto)')
  .option('--empty', 'without a sample company')
  .showHelpAfterError('`npm start -- --help` says what there is.')
  .addHelpText(
    'after',
    `
Environment: DATABASE_URL names a PostgreSQL of your own (15 or newer).

Example:
  npm start -- --port 4700 --data-dir ./data --empty`,
  );

async function serve(flags: Flags): Promise<void> {
  const settings = readSettings(flags, process.env);
  console.log(`Data folder: ${settings.dataDir}`);
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined); // It may be lost before anyone waits.
  const stop = onStopSignal(async () => {
    console.log('\nStopping …');
    const begun = await starting.catch(() => undefined);
    await begun?.close();
    return EXIT_CODES.done;
  });
  const around = { stop, onLost: lost.reject, background: true };
  const starting = openApp(settings, (line) => console.log(line), around);
  try {
    const app = await starting;
    await announce(app, stop);
    await lost.promise.finally(() => app.close());
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

async function announce(app: App, stop: AbortSignal): Promise<void> {
  const link = await app.signInLink();
  stop.throwIfAborted();
  console.log(`\nRialto is ready:  ${app.address}`);
  console.log(`Sign in (once):   ${link}\n`);
  console.log('Ctrl-C stops it.');
}

program.exitOverride((error) => {
  process.exit(error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.invalid);
});
try {
  await serve(program.parse().opts<Flags>());
} catch (error) {
  tellError(error);
  process.exit(exitCodeOf(error));
}
