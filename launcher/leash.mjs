/** Preloaded into the server: when its launcher is gone, it shuts down as for SIGTERM. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.connected) {
  process.channel?.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
