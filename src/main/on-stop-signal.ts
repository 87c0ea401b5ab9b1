import { EXIT_CODES } from './errors.ts';

/**
 * Ends the process in order at Ctrl-C, at SIGTERM, and when its terminal closes; at once if asked
 * again. `close` answers the exit code. The signal returned is aborted before it is called: what
 * is still starting need not go on.
 */
export function onStopSignal(close: (signal: NodeJS.Signals) => Promise<number>): AbortSignal {
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    const asked = stopping.signal.aborted;
    if (asked && signal === 'SIGINT') process.exit(EXIT_CODES.failed);
    if (asked) return; // Ours, and our launcher's after it.
    stopping.abort();
    close(signal).then(
      (exitCode) => process.exit(exitCode),
      () => process.exit(EXIT_CODES.failed),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.stdout.on('error', () => undefined); // The terminal is gone: saying so would fail too.
  process.stderr.on('error', () => undefined);
  return stopping.signal;
}
