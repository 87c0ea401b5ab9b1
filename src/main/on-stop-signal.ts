import { EXIT_CODES } from './errors.ts';

/**
 * Ends the process in order at Ctrl-C, at SIGTERM, and when its terminal closes; at once at a second
 * Ctrl-C. `close` answers the exit code. The signal returned is aborted before it is called: what
 * is still starting need not go on.
 */
export function onStopSignal(close: (signal: NodeJS.Signals) => Promise<number>): AbortSignal {
  const stopping = new AbortController();
  let isInterrupted = false;
  const stop = (signal: NodeJS.Signals): void => {
    // One Ctrl-C comes as SIGINT and as our launcher's SIGTERM. Two threads may catch them, so that
    // the later is heard first: only a second SIGINT is a second Ctrl-C.
    if (isInterrupted && signal === 'SIGINT') process.exit(EXIT_CODES.failed);
    isInterrupted ||= signal === 'SIGINT';
    if (stopping.signal.aborted) return;
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
