import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { permissionsOf, ROLES } from '#access';
import { PERMISSIONS, RoleName, ROUTES } from '#api-contract';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { ALL_ROUTES, createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', name);
const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  security: z.unknown(),
});
let database: Database;

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
});
afterAll(() => database.close());

test('the OpenAPI document is the one that was reviewed', async () => {
  const app = await createServer({ services: emptyServices(database) });
  const document = await app.inject({ url: '/v1/openapi.json', headers: { host: 'localhost' } });
  await app.close();
  const text = `${JSON.stringify(document.json(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(golden('openapi.json'));
});

test('what the OpenAPI document points at is in it, and every call says who may and how it fails', async () => {
  const app = await createServer({ services: emptyServices(database) });
  const reply = await app.inject({ url: '/v1/openapi.json', headers: { host: 'localhost' } });
  await app.close();
  const document = Document.parse(reply.json());
  const pointers = [...reply.body.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const isThere = (pointer: string): boolean =>
    pointer.split('/').reduce<unknown>((at, part) => {
      return typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined;
    }, document) !== undefined;
  expect(pointers.length).toBeGreaterThan(100);
  expect([...new Set(pointers)].filter((pointer) => !isThere(pointer))).toEqual([]);
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  expect(operations.filter(({ responses }) => responses['default'] === undefined)).toEqual([]);
  expect(document.security).toEqual([{ bearer: [] }, { session: [] }]);
  const open = operations.filter(({ security }) => security?.length === 0);
  expect(open.map(({ operationId }) => operationId).toSorted()).toEqual(
    [...ALL_ROUTES.filter(({ permission }) => permission === 'public'), { name: 'receiveWebhook' }]
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b)),
  );
});

test('who may do what is what was reviewed', async () => {
  const roles = Object.keys(ROLES);
  const lines = ALL_ROUTES.map(({ shape, permission, audit }) => {
    const who =
      permission === 'public'
        ? ['everyone']
        : roles.filter((role) => permissionsOf(role).includes(permission));
    const kept = Object.entries(audit)
      .map(([how, what]) => (how === 'none' ? '-' : `${how} ${what}`))
      .join('');
    return `${shape.method} ${shape.path} | ${permission} | ${who.join(' ')} | ${kept}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden('permissions.txt'));
});

test('every route of the contract is served once', () => {
  expect(ALL_ROUTES.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual(
    Object.keys(ROUTES).toSorted((a, b) => a.localeCompare(b)),
  );
});

test('roles and the contract know the same permissions', () => {
  const listed = new Set<string>(Object.values(ROLES).flatMap(({ permissions }) => permissions));
  expect(listed).toEqual(new Set<string>(PERMISSIONS));
});

test('every route that changes or asks something is kept in the audit log', () => {
  const unkept = ALL_ROUTES.filter(
    ({ shape, audit }) => shape.method !== 'GET' && 'none' in audit,
  ).map(({ name }) => name);
  expect(unkept).toEqual([]);
});

test('an auditor reads everything and changes nothing', () => {
  const allowed = permissionsOf('auditor');
  const reads = PERMISSIONS.filter((permission) => /:(read|export|ask)$/.test(permission));
  expect([...allowed].toSorted()).toEqual([...reads].toSorted());
  const writes = ALL_ROUTES.filter(
    ({ shape, permission }) => shape.method !== 'GET' && allowed.includes(permission),
  ).map(({ name }) => name);
  expect(writes).toEqual(['askQuestion', 'setPassword', 'signOut']); // Asking; their own session.
});

test('the contract and access know the same roles', () => {
  expect([...RoleName.options].toSorted()).toEqual(Object.keys(ROLES).toSorted());
});
