/** The story of `purchasing-story.ts` on a real MariaDB. */
import { afterAll } from 'vitest';
import { startMariadb } from '../../src/adapters/database/testing/mariadb.ts';
import type { TestMariadb } from '../../src/adapters/database/testing/mariadb.ts';
import { describeStory } from './purchasing-story.ts';

let mariadb: TestMariadb | undefined;
afterAll(async () => await mariadb?.stop());

describeStory(async () => {
  mariadb = await startMariadb();
  return await mariadb.database();
});
