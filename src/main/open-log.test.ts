import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from './open-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('warnings and worse are written, one JSON object a line', () => {
  const log = openLog(folder);
  log.info('nothing of note');
  log.warn({ entity: 'items' }, 'something of note');
  const lines = readFileSync(join(folder, 'log', 'rialto.log'), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines.join(''))).toMatchObject({ entity: 'items', msg: 'something of note' });
});

test.runIf(existsSync('/dev/full'))('a full disk stops nobody who has something to log', () => {
  mkdirSync(join(folder, 'log'));
  symlinkSync('/dev/full', join(folder, 'log', 'rialto.log'));
  const said: string[] = [];
  const log = openLog(folder, (line) => said.push(line));
  log.error('one');
  log.error('another');
  expect(said).toEqual([expect.stringContaining('no space left')]);
});
