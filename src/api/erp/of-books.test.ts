/** Books that there are not: nothing is read of them, as if nothing were in them, and nothing written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '#api-contract';
import { openBooks, refused, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => (books = await openBooks()));
afterAll(() => books.close());

const NEEDED: Readonly<Record<string, string>> = {
  role: 'customer',
  side: 'sales',
  kind: 'customers',
  project: 'any',
  party: 'any',
  quantity: '1',
  year: '2026',
  fromPeriod: '1',
  toPeriod: '3',
  version: '1',
};

/** The address of every reading route of a legal entity's books, with what it cannot be asked without. */
const READING = Object.entries(ROUTES).flatMap(([name, { method, path, query }]) => {
  if (method !== 'GET' || !path.includes('/:entity/')) return [];
  const missing = query.safeParse({}).error?.issues.map(({ path: [key] }) => String(key)) ?? [];
  const asked = Object.fromEntries(missing.map((key) => [key, NEEDED[key] ?? TODAY]));
  const url = path
    .replace(':entity', 'XX99')
    .replace(':year', '2026')
    .replace(':period', '3')
    .replaceAll(/:\w+/gu, 'any');
  return [{ name, url: `${url}?${new URLSearchParams(asked).toString()}` }];
});

test('nothing is read of books that there are not', async () => {
  expect(READING.length).toBeGreaterThan(60);
  const read = [];
  for (const { name, url } of READING) {
    const { status, body } = await books.ask('GET', url);
    if (status !== 404 || body['code'] !== 'api.no-such-record') read.push({ name, url, body });
  }
  expect(read).toEqual([]);
});

test('nobody is written into books that there are not', async () => {
  const said = await books.ask('POST', '/v1/erp/legal-entities/XX99/parties', {
    role: 'customer',
    name: 'Ahle',
  });
  expect(said).toMatchObject(refused(404, 'api.no-such-record'));
});
