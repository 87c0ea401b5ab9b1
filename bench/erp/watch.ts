/** Loaded into the server that is measured: how long its main thread keeps what is ready waiting, and its pauses. */
import { monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const NANO = 1e6; // Of a millisecond.

function watch(): void {
  const delay = monitorEventLoopDelay({ resolution: 10 }); // Finer, it costs what it measures.
  let pauses: number[] = [];
  let since = performance.eventLoopUtilization();
  new PerformanceObserver((seen) => {
    pauses.push(...seen.getEntries().map(({ duration }) => duration));
  }).observe({ entryTypes: ['gc'] });
  delay.enable();
  // Asked, it tells of the time since it was asked before.
  process.on('message', () => {
    const { utilization } = performance.eventLoopUtilization(since);
    const [p50, p99] = [50, 99].map((share) => delay.percentile(share) / NANO);
    process.send?.({
      'busy %': utilization * 100,
      'delay p50 ms': p50,
      'p99 ms': p99,
      'longest ms': delay.max / NANO,
      collections: pauses.length,
      'longest of them ms': Math.max(0, ...pauses),
      'all of them ms': pauses.reduce((sum, ms) => sum + ms, 0),
    });
    delay.reset();
    pauses = [];
    since = performance.eventLoopUtilization();
  });
  process.channel?.unref();
}

if (isMainThread && process.send !== undefined) watch();
