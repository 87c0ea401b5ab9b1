import { listSerialNumbers as listPieces } from '#erp/inventory/pieces';
import { listed, readRoute } from './reading.ts';

/** Lists serial numbers. */
export const listSerialNumbers = readRoute({
  name: 'listSerialNumbers',
  summary: 'Lists pieces with serial numbers: where each is, or with what it left.',
  permission: 'stock:read',
  errors: [],
  handle: ({ params, query: { inStock, ...query } }, { database }) =>
    listed(query, (wanted) =>
      listPieces(database.kysely, {
        ...wanted,
        legalEntity: params.entity,
        ...(inStock === undefined ? {} : { inStock: inStock === 'true' }),
      }),
    ),
});
