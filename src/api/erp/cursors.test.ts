/** Lists by cursor, over HTTP: all of them refuse a place that is not theirs, and say what to do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '#api-contract';
import { openBooks, refused, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => (books = await openBooks()));
afterAll(() => books.close());

const NEEDED = { role: 'customer', from: TODAY, to: TODAY, project: 'any' } as const;

/** The address of every list of the ERP that goes on with `after`, with what it cannot be asked without. */
const LISTS = Object.entries(ROUTES).flatMap(([name, { path, query }]) => {
  if (!path.startsWith('/v1/erp/') || !(query instanceof z.ZodObject)) return [];
  const shape = new Map(Object.entries<z.ZodType>(query.shape));
  if (!shape.has('after')) return [];
  const asked = Object.entries(NEEDED).filter(
    ([key]) => shape.get(key)?.safeParse(undefined).success === false,
  );
  const url = path.replace(':entity', 'DE01').replaceAll(/:\w+/gu, 'any');
  return [{ name, url: `${url}?${new URLSearchParams(asked).toString()}` }];
});

test('every list of the books refuses a cursor that it did not give', async () => {
  expect(LISTS.length).toBeGreaterThan(30);
  for (const { name, url } of LISTS) {
    for (const after of ['garbage', '01K0000000000000000000000', '~', 'a~12345678']) {
      const said = await books.ask('GET', `${url}&after=${after}`);
      expect({ name, ...said }).toMatchObject({ name, ...refused(400, 'api.unknown-cursor') });
    }
  }
});

test('a cursor goes on in its own list, books and order, and is refused in any other', async () => {
  for (const name of ['Ahle', 'Behn', 'Cohn']) {
    for (const role of ['customer', 'supplier']) await books.post('parties', { role, name });
  }
  const first = await books.read('parties?role=customer&limit=1');
  const after = `limit=1&after=${encodeURIComponent(String(first.body['next']))}`;
  expect(await books.read(`parties?role=customer&${after}`)).toMatchObject({
    status: 200,
    body: { items: [{ name: 'Behn' }] },
  });
  const elsewhere = await books.elsewhere();
  const said = {
    ...refused(400, 'api.unknown-cursor'),
    body: { remedy: 'Begin without `after`, and go on with `next` as each page gives it.' },
  };
  expect(await books.read(`parties?role=customer&sort=-number&${after}`)).toMatchObject(said);
  expect(await books.read(`items?${after}`)).toMatchObject(said);
  expect(await books.ask('GET', `${elsewhere}/parties?role=customer&${after}`)).toMatchObject(said);
});
