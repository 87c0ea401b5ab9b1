import { listRecords } from '#records';
import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { supplierQuery, supplierRows } from '../views/supplier.ts';

/** Lists suppliers, one page at a time. */
export const listSuppliers = route({
  name: 'listSuppliers',
  summary: 'Lists suppliers, one page at a time.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['records.bad-value'],
  async handle({ query }, { database }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = supplierQuery(query);
    const found = await listRecords(database.kysely, { ...asked, offset, limit: pageSize });
    return { items: supplierRows(found.rows), total: found.total, page, pageSize };
  },
});
