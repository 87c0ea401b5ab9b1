const PLACES = 8 * 1024 * 1024; // 32 MB: more than the caches of a core hold.
const READS = 5_000_000;
const [FACTOR, STEP, MODULUS] = [1_664_525, 1_013_904_223, 2 ** 32]; // Numerical Recipes' generator.

/**
 * Nanoseconds that one read of memory takes at a place that nobody can foresee, median of three: what a machine
 * shared with others is slow or quick by from hour to hour, while its processors are as quick as ever.
 */
export function memoryLatencyNs(): number {
  const next = ring(PLACES);
  const ns = [1, 2, 3].map(() => {
    const began = performance.now();
    let at = 0;
    for (let left = READS; left > 0; left -= 1) at = next[at] ?? 0;
    return ((performance.now() - began) * 1e6) / READS + (at < 0 ? 1 : 0); // What is read is used.
  });
  return Math.round(ns.toSorted((a, b) => a - b)[1] ?? 0);
}

/** Each place names the next; all of them are one ring (Sattolo's shuffle). */
function ring(length: number): Int32Array {
  const next = Int32Array.from({ length }, (_, at) => at);
  let draw = 1;
  for (let at = length - 1; at > 0; at -= 1) {
    draw = (draw * FACTOR + STEP) % MODULUS;
    const other = Math.floor((draw / MODULUS) * at);
    [next[at], next[other]] = [next[other] ?? 0, next[at] ?? 0];
  }
  return next;
}
