import { afterAll, beforeAll } from 'vitest';
import { startMariadb } from './testing/mariadb.ts';
import type { TestMariadb } from './testing/mariadb.ts';
import { describeWriting } from './testing/writing.ts';

let mariadb: TestMariadb;
beforeAll(async () => {
  mariadb = await startMariadb();
}, 120_000);
afterAll(async () => await mariadb.stop());

describeWriting('MariaDB', async () => await mariadb.database());
