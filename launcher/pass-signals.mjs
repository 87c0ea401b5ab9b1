/** What someone tells us to stop, the program we wait for must hear. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PATIENCE_MS = 2_000; // An npm that is told twice at once may hear neither.

/** Hands signals to a child, as `answer` says for each, until the child has ended. */
export function passSignals(child, answer = (signal) => signal) {
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      const instead = answer(signal);
      if (instead !== undefined) child.kill(instead);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  child.once('close', () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  });
}

/** The same for a child whose work is only a step of ours: told to stop, we end after it. */
export function endTogether(child) {
  let told;
  passSignals(child, (signal) => {
    if (told === undefined) setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    told ??= signal;
    return 'SIGTERM'; // Whatever started us in the background may have made us deaf to SIGINT.
  });
  child.once('close', () => {
    if (told !== undefined) process.exit(128 + constants.signals[told]);
  });
}
