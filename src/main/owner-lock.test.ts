import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeOwnerLock } from './owner-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lock = (): string => join(folder, 'owner.lock');

test('a second owner is refused, until the first lets go', () => {
  const first = takeOwnerLock(folder);
  expect(() => takeOwnerLock(folder)).toThrow(
    expect.objectContaining({ code: 'main.owned-elsewhere', kind: 'conflict' }),
  );
  first.release();
  takeOwnerLock(folder).release();
  expect(existsSync(lock())).toBe(false);
});

test('the lock of a process that is gone is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock(), JSON.stringify({ pid, startedAt: '1' }));
  expect(() => takeOwnerLock(folder).release()).not.toThrow();
});

test.runIf(process.platform === 'linux')('a number given to another process is no owner', () => {
  writeFileSync(lock(), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
  expect(() => takeOwnerLock(folder).release()).not.toThrow();
});

test('a lock cut short by a crash is taken over', () => {
  writeFileSync(lock(), '{"pid": 1');
  expect(() => takeOwnerLock(folder).release()).not.toThrow();
});
