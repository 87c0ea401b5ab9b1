import type { Services } from '#api';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { decideDrift, listDrift } from '#sync/drift';
import type { Drift } from '#sync/drift';

/** Where sources look other than before, as the API shows it. */
export function drift(database: Database, clock: Clock): Services['drift'] {
  return {
    async list(query) {
      const { rows, total } = await listDrift(database, query);
      return { rows: rows.map(shown), total };
    },
    decide: async (id, status, by) =>
      shown(await decideDrift(database, { id, status, by, at: clock() })),
  };
}

const shown = ({ before, after, ...rest }: Drift) => ({
  ...rest,
  before: [...before],
  after: [...after],
});
