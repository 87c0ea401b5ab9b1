/** Against a real PostgreSQL; `contract.mariadb.test.ts` does the same against a real MariaDB. */
import { describeContracts, testPostgres } from './testing.ts';

describeContracts('PostgreSQL', testPostgres);
