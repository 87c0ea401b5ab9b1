// The API of the embedded ERP with three years of a company behind it: what each kind of request costs,
// how long people wait when so many come a second whatever is answered, and how many orders it can take.
// `npm run bench -- erp [--size small] [--folder kept] [--rate 200] [--seconds 60] [--each 40] [--orders 20]
// [--profile folder]`
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { assert, drawsOf } from '#kernel';
import { ENTITIES } from '#living-company';
import { memoryLatencyNs } from './memory-latency.ts';
import { asker } from './erp/ask.ts';
import type { Asked, Answered } from './erp/ask.ts';
import { prepare, serve } from './erp/place.ts';
import type { Serving } from './erp/place.ts';
import { kindsOf } from './erp/requests.ts';
import type { Kind } from './erp/requests.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    folder: { type: 'string' }, // Kept: the next run need not write its history again.
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    each: { type: 'string', default: '40' }, // Of each kind, one by one.
    orders: { type: 'string', default: '20' }, // Seconds of orders as fast as they go.
    profile: { type: 'string' }, // Where the server writes what its processor time went to.
  },
});
const [RATE, SECONDS, EACH, ORDERS] = [values.rate, values.seconds, values.each, values.orders].map(
  Number,
);
const AT_ONCE = 8;
const WARM_SECONDS = 20; // At the same rate, before waits are counted.
const draw = drawsOf(11, 'arrivals');

type Ask = (asked: Asked) => Promise<Answered>;
const refused = new Map<string, number>();

/** Asks once. Answers whether it was granted; what was refused is counted by its code. */
async function take(ask: Ask, kind: Kind): Promise<boolean> {
  const next = kind.next();
  if (next === undefined) return false;
  const { status, body } = await ask(next.asked);
  if (status === 200) {
    next.done?.(body);
    return true;
  }
  const { code = '?' } = z.looseObject({ code: z.string().optional() }).parse(body);
  const told = `${kind.name}: ${status} ${code}`;
  refused.set(told, (refused.get(told) ?? 0) + 1);
  return false;
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
const timesOf = (ms: readonly number[]) => {
  const sorted = ms.toSorted((a, b) => a - b);
  return { 'p50 ms': at(sorted, 0.5), 'p95 ms': at(sorted, 0.95), 'p99 ms': at(sorted, 0.99) };
};

/** Each kind by itself, one after the other: what it costs, whoever else uses the machine. */
async function measureEach(ask: Ask, server: Serving, kinds: readonly Kind[]): Promise<void> {
  const table: Record<string, object> = {};
  for (const kind of kinds) {
    for (let left = 5; left > 0; left -= 1) await take(ask, kind); // Warm.
    const [before, ms]: [ReturnType<Serving['spent']>, number[]] = [server.spent(), []];
    for (let left = EACH ?? 0; left > 0; left -= 1) {
      const began = performance.now();
      if (await take(ask, kind)) ms.push(performance.now() - began);
    }
    const after = server.spent();
    const each = (seconds: number): string => ((seconds * 1_000) / ms.length).toFixed(1);
    table[kind.name] = {
      done: ms.length,
      'CPU ms of Node': each(after.node - before.node),
      'of PostgreSQL': each(after.postgres - before.postgres),
      ...timesOf(ms),
    };
  }
  console.log(`each kind one by one, load ${load()}`);
  console.table(table);
}

/** The kinds as often as their shares say. */
function drawn(kinds: readonly Kind[]): Kind {
  let left = draw.between(
    1,
    kinds.reduce((sum, { share }) => sum + share, 0),
  );
  for (const kind of kinds) {
    left -= kind.share;
    if (left <= 0) return kind;
  }
  return draw.pick(kinds);
}

/** So many a second, at random moments, whether or not the ones before are answered: who waits, is counted. */
async function offer(
  ask: Ask,
  kinds: readonly Kind[],
  seconds: number,
): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map<string, number[]>();
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let due = began; due < began + seconds * 1_000; ) {
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    const [kind, meant] = [drawn(kinds), due];
    const timed = async (): Promise<void> => {
      if (!(await take(ask, kind))) return;
      const list = times.get(kind.name) ?? [];
      times.set(kind.name, list);
      list.push(performance.now() - meant);
    };
    asked.push(timed());
    due += (-Math.log(draw.between(1, 1_000_000) / 1_000_001) * 1_000) / (RATE ?? 1);
  }
  await Promise.all(asked);
  return times;
}

/** How long people wait at that rate, of a server that has been at work for a while. */
async function measureOpen(ask: Ask, server: Serving, kinds: readonly Kind[]): Promise<void> {
  await offer(ask, kinds, WARM_SECONDS);
  await server.loop(); // From here on.
  const [spent, own, before] = [server.spent(), process.cpuUsage(), load()];
  const began = performance.now();
  const times = await offer(ask, kinds, SECONDS ?? 0);
  const [after, seconds] = [server.spent(), (performance.now() - began) / 1_000];
  const { user, system } = process.cpuUsage(own);
  const loop = await server.loop();
  const all = [...times.values()].flat();
  console.log(`${RATE} requests a second offered for ${SECONDS} s; load ${before} to ${load()}`);
  const rows = [...times].map(([name, ms]) => [name, { done: ms.length, ...timesOf(ms) }] as const);
  console.table(Object.fromEntries([...rows, ['all', { done: all.length, ...timesOf(all) }]]));
  const each = (cpu: number): string => ((cpu * 1_000) / all.length).toFixed(2);
  console.table([
    {
      'answered a second': (all.length / seconds).toFixed(0),
      'CPU ms a request: Node': each(after.node - spent.node),
      PostgreSQL: each(after.postgres - spent.postgres),
      'who asks': each((user + system) / 1e6),
      'MB of Node': server.memory().node.toFixed(0),
      'MB of PostgreSQL': server.memory().postgres.toFixed(0),
    },
  ]);
  console.log('the main thread; ten milliseconds of delay are its own pace');
  console.table([
    Object.fromEntries(Object.entries(loop).map(([name, is]) => [name, is.toFixed(1)])),
  ]);
}

/** Orders as fast as eight people can bring them, each with all that follows. */
async function measureOrders(ask: Ask, server: Serving, kinds: readonly Kind[]): Promise<void> {
  const steps = kinds.filter(({ name }) =>
    ['sales order', 'confirm', 'delivery', 'customer invoice', 'customer payment'].some(
      (step) => name === `book: ${step}`,
    ),
  );
  const [first] = steps;
  assert(first !== undefined, 'orders are written');
  const phases = { 'orders written': [first], 'orders with all that follows': steps };
  const table: Record<string, object> = {};
  for (const [name, kindsOfPhase] of Object.entries(phases)) {
    const [spent, began] = [server.spent(), performance.now()];
    const until = began + (ORDERS ?? 0) * 1_000;
    let done = 0;
    const people = Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < until) {
        for (const kind of kindsOfPhase) await take(ask, kind);
        done += 1;
      }
    });
    await Promise.all(people);
    const [after, seconds] = [server.spent(), (performance.now() - began) / 1_000];
    table[name] = {
      'a second': (done / seconds).toFixed(1),
      'CPU ms of Node': (((after.node - spent.node) * 1_000) / done).toFixed(1),
      'of PostgreSQL': (((after.postgres - spent.postgres) * 1_000) / done).toFixed(1),
    };
  }
  console.log(`as fast as it goes, ${AT_ONCE} at once, load ${load()}`);
  console.table(table);
}

const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'rialto-bench-erp-')));
mkdirSync(folder, { recursive: true });
try {
  await prepare(folder, values.size === 'medium' ? 'medium' : 'small');
  console.log(`a read of memory takes ${memoryLatencyNs()} ns`);
  const server = await serve(folder, values.profile);
  try {
    const ask = asker(server.address, server.token);
    const kinds = await kindsOf(ask, ENTITIES[0]?.code ?? '');
    if ((EACH ?? 0) > 0) await measureEach(ask, server, kinds);
    if ((SECONDS ?? 0) > 0) await measureOpen(ask, server, kinds);
    if ((ORDERS ?? 0) > 0) await measureOrders(ask, server, kinds);
    console.log('refused:', Object.fromEntries(refused));
  } finally {
    await server.stop();
  }
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
