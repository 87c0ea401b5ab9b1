import { EXIT_CODES } from './errors.ts';

/** Ends the process in order at Ctrl-C, at SIGTERM, and when its terminal closes; at once if asked again. */
export function onStopSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping && signal === 'SIGINT') process.exit(EXIT_CODES.failed);
    if (stopping) return; // Ours, and our launcher's after it.
    stopping = true;
    close().then(
      () => process.exit(EXIT_CODES.done),
      () => process.exit(EXIT_CODES.failed),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.stdout.on('error', () => undefined); // The terminal is gone: saying so would fail too.
  process.stderr.on('error', () => undefined);
}
