import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RialtoError } from '#kernel';
import { parseHttpProfile } from './profile.ts';

const plain = {
  name: 'plain',
  version: 1,
  title: 'Plain',
  auth: { kind: 'none' },
  entities: {
    orders: {
      path: '/orders',
      paging: { style: 'none' },
      records: '',
      key: 'id',
      detail: { path: '/orders/{key}' },
    },
  },
};
const operation = {
  method: 'POST',
  path: '/orders',
  body: { fields: { ref: { reference: true } } },
  result: { key: { path: 'id' } },
  lookup: {
    path: '/orders',
    query: { ref: '{reference}' },
    records: '',
    match: ['ref'],
    key: 'id',
  },
};

/** What a profile is told is wrong with it, a line each. */
function mistakesIn(profile: unknown): string[] {
  try {
    parseHttpProfile(profile);
    return [];
  } catch (error) {
    if (!(error instanceof RialtoError) || error.code !== 'http.profile-invalid') throw error;
    return error.cause instanceof Error ? error.cause.message.split('\n') : [];
  }
}

const withOperation = (more: object): unknown => ({
  ...plain,
  operations: { 'create-purchase-order': { ...operation, ...more } },
});
const withEntity = (more: object): unknown => ({
  ...plain,
  entities: { orders: { ...plain.entities.orders, ...more } },
});

test('a profile that follows the schema is read', () => {
  expect(mistakesIn(plain)).toEqual([]);
  expect(mistakesIn(withOperation({}))).toEqual([]);
});

test('a mistake is named by its path, however deep', () => {
  const body = {
    fields: {
      ref: { reference: true },
      lines: { each: 'lines', of: { fields: { quantity: { path: 'q', as: 'float' } } } },
      name: { pth: 'name' },
    },
  };
  expect(mistakesIn(withOperation({ body }))).toEqual([
    'operations.create-purchase-order.body.fields.lines.of.fields.quantity.as: Invalid option: expected one of "text"|"number"',
    'operations.create-purchase-order.body.fields.name: an expression has one of const, path, reference, target, fields, list, each, join, first; here is only pth',
  ]);
});

test('an unknown field, operation or way of paging is a mistake', () => {
  expect(mistakesIn({ ...plain, colour: 'red' })).toEqual([
    'the profile: Unrecognized key: "colour"',
  ]);
  expect(mistakesIn({ ...plain, operations: { 'post-order': operation } })[0]).toMatch(
    'operations.post-order: is no operation; there are: create-supplier',
  );
  expect(mistakesIn(withEntity({ paging: { style: 'pages' } }))[0]).toMatch(
    "entities.orders.paging.style: Invalid discriminator value. Expected 'none' | 'page'",
  );
});

test('an operation without our reference, or a lookup that does not ask for it, is a mistake', () => {
  expect(mistakesIn(withOperation({ body: { fields: {} } }))[0]).toMatch(
    'operations.create-purchase-order: our reference must go somewhere',
  );
  expect(mistakesIn(withOperation({ lookup: { ...operation.lookup, query: {} } }))).toEqual([
    "operations.create-purchase-order.lookup: the path or the query must hold '{reference}'",
  ]);
  expect(mistakesIn(withOperation({ lookup: undefined }))[0]).toMatch(
    'operations.create-purchase-order.lookup',
  );
});

test('an operation without a place for the key, and an entity without one, are mistakes', () => {
  expect(mistakesIn(withOperation({ result: {} }))).toEqual([
    'operations.create-purchase-order.result.key: says where the key of what was booked stands',
  ]);
  expect(mistakesIn(withEntity({ detail: { path: '/orders' } }))).toEqual([
    "entities.orders.detail.path: the path needs '{key}'",
  ]);
});

test('a version in a header needs each document to be fetched by itself', () => {
  expect(mistakesIn(withEntity({ version: { header: 'ETag' } }))).toEqual([
    "entities.orders.version: a version in a header needs 'detail.each': a list shows no header of its members",
  ]);
  const detail = { path: '/orders/{key}', each: true };
  expect(mistakesIn(withEntity({ version: { header: 'ETag' }, detail }))).toEqual([]);
});

test('changes must say where the moment goes', () => {
  expect(mistakesIn(withEntity({ changes: { query: { since: 'now' } } }))).toEqual([
    "entities.orders.changes.query: one of the parameters must hold '{since}'",
  ]);
});

test('many mistakes are counted instead of listed', () => {
  const entities = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`e${at}`, {}]));
  const told = mistakesIn({ ...plain, entities });
  expect(told.length).toBe(13);
  expect(told.at(-1)).toMatch(/^and \d+ more$/);
});

test('what is no object at all is told so', () => {
  for (const json of [null, 'x', 7, []]) expect(mistakesIn(json)[0]).toMatch(/^the profile: /);
});

test('every profile in the guide is one', () => {
  const guide = path.join(import.meta.dirname, '../../../../docs/guides/http.md');
  const blocks = [...readFileSync(guide, 'utf8').matchAll(/```json profile\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(0);
  for (const [, text = ''] of blocks) expect(mistakesIn(JSON.parse(text))).toEqual([]);
});
