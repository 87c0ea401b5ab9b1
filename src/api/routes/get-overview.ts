import type { RecordKind } from '#canonical';
import type { Handle } from '#database';
import { countRecords } from '#records';
import { route } from '../route.ts';

/** Shows what is here, how fresh it is, and the last run. */
export const getOverview = route({
  name: 'getOverview',
  summary: 'Shows what is here, how fresh it is, and the last run.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle(_, { database, sources, runs, warehouse }) {
    const { kysely } = database;
    const [suppliers, items, purchaseOrders] = await Promise.all([
      countOf(kysely, 'supplier'),
      countOf(kysely, 'item'),
      countOf(kysely, 'purchase-order'),
    ]);
    const quarantine = await sources.quarantine({ offset: 0, limit: 1 });
    const [lastRun] = (await runs.list({ offset: 0, limit: 1 })).rows;
    const positions = await warehouse.freshness();
    return {
      counts: { suppliers, items, purchaseOrders, quarantined: quarantine.total },
      freshness: {
        logPosition: positions.log.toString(),
        warehousePosition: positions.warehouse.toString(),
        behind: positions.warehouse < positions.log,
      },
      integrations: [...(await sources.list())],
      ...(lastRun === undefined ? {} : { lastRun }),
    };
  },
});

const countOf = (handle: Handle, kind: RecordKind): Promise<number> =>
  countRecords(handle, { kind, filters: [] });
