import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#database';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { FOR_EVER } from './book/desk.ts';
import {
  countDocuments,
  forgetDocuments,
  forgetInMind,
  keepDocuments,
  keepMonth,
  readDocuments,
} from './documents.ts';
import { openInstallation } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openInstallation();
});
afterAll(() => database.close());

const march = localDate('2024-03-31');
const order = { id: 'so_1', number: 'SO-1', on: localDate('2024-03-05') };
const payment = {
  id: 'cp_1',
  number: 'CP-"1"',
  item: 'oi_1',
  amount: decimal('12.50'),
  on: localDate('2024-03-31'),
};
const project = { id: 'prj_1', number: 'P-1', on: FOR_EVER };
const may = { id: 'so_2', number: 'SO-2', on: localDate('2024-05-02') };

test('months and single documents are told together, and forgotten when nothing refers to them', async () => {
  const { kysely } = database;
  const first = new Map([
    ['o1', order],
    ['p1', payment],
    ['j1', project],
  ]);
  await keepMonth(kysely, 'NWDE', first, march);
  await keepMonth(kysely, 'NWCH', new Map(), march);
  await keepDocuments(kysely, new Map([['NWDE', new Map([['o2', may]])]]));
  const all = await readDocuments(kysely, localDate('2024-05-02'));
  expect(all).toEqual(new Map([['NWDE', new Map([...first, ['o2', may]])]]));
  expect(await countDocuments(kysely)).toBe(4);
  const later = localDate('2024-12-01');
  const left = new Map([['NWDE', new Map(Object.entries({ j1: project, o2: may }))]]);
  expect(await readDocuments(kysely, later)).toEqual(left);
  forgetInMind(all, later);
  expect(all).toEqual(left);
  await forgetDocuments(kysely, later);
  expect(await countDocuments(kysely)).toBe(2);
  expect(await readDocuments(kysely, null)).toEqual(left);
});
