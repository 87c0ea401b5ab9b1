import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of real sample data beside the checkout, which the product does not ship. */
const SHARED = process.env['RIALTO_SHARED'] ?? join(import.meta.dirname, '../../shared');

/** AdventureWorks as CSV files (Microsoft, MIT), where it is there. */
export const ADVENTUREWORKS = join(SHARED, 'data/adventureworks');

export const hasAdventureWorks = existsSync(join(ADVENTUREWORKS, 'PurchaseOrderHeader.csv'));
