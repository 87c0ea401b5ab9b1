import { expect, test } from 'vitest';
import { BEHIND_WARNED, behindReasons, isFarBehind } from './behind.ts';
import type { KeptLog } from './behind.ts';
import { standingOf } from './health.ts';

const KEPT: KeptLog = {
  entity: 'orders',
  name: 'rialto_erp_orders',
  state: 'kept',
  followed: true,
  behindBytes: BEHIND_WARNED.bytes,
  behindSeconds: 0,
};

const reasonsOf = (log: KeptLog): readonly string[] =>
  behindReasons({ logs: [{ ...log, warned: isFarBehind(log) }] });

test('up to the limit nothing is said, above it a person is told how much and since when', () => {
  expect(reasonsOf(KEPT)).toEqual([]);
  expect(reasonsOf({ ...KEPT, behindBytes: BEHIND_WARNED.bytes + 600_000 })).toEqual([
    'the log of orders is 1001 MB behind, not read for 0 seconds',
  ]);
  const idle = { ...KEPT, followed: false, behindBytes: 5, behindSeconds: BEHIND_WARNED.seconds };
  expect(reasonsOf(idle)).toEqual([]);
  expect(reasonsOf({ ...idle, behindSeconds: BEHIND_WARNED.seconds + 1 })).toEqual([
    'the log of orders is 0 MB behind, not read for 901 seconds',
  ]);
});

test('what the source may throw away, or has, is told however little it is', () => {
  const [risk] = reasonsOf({ ...KEPT, state: 'at-risk', behindBytes: 1 });
  expect(risk).toContain('may throw it away any moment');
  const [lost] = reasonsOf({ ...KEPT, state: 'lost', why: 'wal_status is lost' });
  expect(lost).toBe('the log of orders is lost, all of it is read again: wal_status is lost');
  expect(reasonsOf({ entity: 'new', name: 'slot', state: 'none', followed: false })).toEqual([]);
});

test('a connection whose log cannot be looked at needs attention', () => {
  const logs = { logs: [], logsUnknown: 'connecting to erp: refused' };
  expect(behindReasons(logs)).toEqual([
    'nobody knows how far it is behind its log: connecting to erp: refused',
  ]);
  const quiet = { waiting: 0, handedOver: 0, needAPerson: 0, quarantined: 0, drift: 0 };
  expect(standingOf({ integration: 'erp', ...quiet, ...logs }).standing).toBe('attention');
});
