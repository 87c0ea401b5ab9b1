import { afterAll, beforeAll } from 'vitest';
import { describeContracts } from './testing.ts';
import { startMariadb } from './testing/mariadb.ts';
import type { TestMariadb } from './testing/mariadb.ts';

let mariadb: TestMariadb;
beforeAll(async () => {
  mariadb = await startMariadb();
}, 120_000);
afterAll(async () => await mariadb.stop());

describeContracts('MariaDB', async () => await mariadb.database());
