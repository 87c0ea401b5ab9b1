import { rows, sql } from '#database';
import type { Handle } from '#database';
import { readTargets } from '#erp/ledger/reports';
import type { TargetProblem } from '#erp/ledger/reports';

type Naming = Parameters<TargetProblem>[0] & { readonly warehouse?: string | undefined };

/**
 * Reads what lines of orders name of the books and of the store, as `readTargets` does of the books: what
 * names a warehouse that there is not, or another company's, could never be delivered.
 */
export async function readLineTargets(
  handle: Handle,
  of: Parameters<typeof readTargets>[1],
  lines: readonly Naming[],
): Promise<(line: Naming) => ReturnType<TargetProblem>> {
  const asked = [...new Set(lines.flatMap(({ warehouse }) => warehouse ?? []))];
  const [inBooks, found] = await Promise.all([
    readTargets(handle, of, lines),
    asked.length === 0
      ? []
      : rows<{ id: string }>(
          handle,
          sql`select id from erp_inventory.warehouse
            where id = any(${asked}) and legal_entity = ${of.legalEntity} and status = 'active'`,
        ),
  ]);
  const houses = new Set(found.map(({ id }) => id));
  return (line) => {
    const { warehouse } = line;
    if (warehouse === undefined || houses.has(warehouse)) return inBooks(line);
    return { field: 'warehouse', message: `there is no warehouse ${warehouse} in use` };
  };
}
