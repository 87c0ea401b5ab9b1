import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { temporaryFolder } from '#kernel/testing';
import { createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

const headers = { host: 'localhost', accept: 'text/html' };
let database: Database;
let app: FastifyInstance;

beforeAll(async () => {
  const webFolder = temporaryFolder('web-app');
  mkdirSync(join(webFolder, 'assets'));
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html>');
  writeFileSync(join(webFolder, 'assets', 'page.js'), 'export {};');
  database = await testDatabase(API_MODULES);
  app = await createServer({ services: emptyServices(database), webFolder });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const get = (url: string) => app.inject({ url, headers, remoteAddress: '10.2.2.2' });

test('the files that pages are made of are not held off, whatever else is', async () => {
  const codes = new Set<number>();
  for (let at = 0; at < 700; at += 1) codes.add((await get('/assets/page.js')).statusCode);
  expect([...codes]).toEqual([200]);
  for (let at = 0; at < 700; at += 1) codes.add((await get('/v1/health')).statusCode);
  expect([...codes]).toEqual([200, 429]);
  expect((await get('/assets/page.js')).statusCode).toBe(200);
});
