import { readRecord } from '../read-record.ts';
import { route } from '../route.ts';
import { supplierDetail } from '../views/supplier.ts';

/** Shows a supplier, what was ordered from it, and its newest orders. */
export const getSupplier = route({
  name: 'getSupplier',
  summary: 'Shows a supplier, what was ordered from it, and its newest orders.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database, clock }) {
    const record = await readRecord(database.kysely, 'supplier', params.id);
    return supplierDetail(database.kysely, clock, record);
  },
});
