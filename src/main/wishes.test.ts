import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import { badPayload, problemsIn, problemsOf } from './wishes.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/guides/payloads.md'), 'utf8');
const Payload = z.record(z.string(), z.json());
const EXAMPLES = new Map(
  [...GUIDE.matchAll(/```json (\S+)\n(.*?)```/gs)].map(([, operation = '', text = '']) => [
    operation,
    Payload.parse(JSON.parse(text)),
  ]),
);
const isOperation = (name: string): name is Operation => Object.hasOwn(OPERATIONS, name);

test('the guide has an example of every operation that carries something, and each would be taken', () => {
  const taken = [...EXAMPLES].filter(
    ([operation, payload]) => isOperation(operation) && problemsOf(operation, payload).length === 0,
  );
  const carrying = Object.keys(OPERATIONS).filter((name) => !/^(cancel|reverse)-/.test(name));
  // Changes of items and work orders are carried as those of suppliers are.
  const untold = new Set(['update-item', 'update-work-order']);
  expect(taken.map(([operation]) => operation).toSorted()).toEqual(
    carrying.filter((name) => !untold.has(name)).toSorted((a, b) => a.localeCompare(b)),
  );
});

test('what is not there is missing, what is wrong says why, and a change needs its target', () => {
  const payload = { number: 'S-1', status: 'sleepy' };
  const said = problemsOf('create-supplier', payload).map(
    ({ field, reason }) => `${field}: ${reason}`,
  );
  expect(said).toContain('name: is missing');
  expect(said.find((line) => line.startsWith('status: '))).toContain('Invalid option');
  const change = {
    integration: 'erp',
    operation: 'cancel-purchase-order',
    businessKey: 'x',
    payload: {},
    cause: { by: 'ada' },
  } as const;
  expect(problemsIn(change)).toMatchObject([{ field: 'target' }]);
  expect(problemsIn({ ...change, target: { key: '4' } })).toEqual([]);
  expect(badPayload('create-supplier', []).remedy).toContain('docs/guides/payloads.md');
});
