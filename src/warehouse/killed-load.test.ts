import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openWarehouse } from './open-warehouse.ts';

const ROWS = 500; // Suppliers in each batch.

/** A process of its own that loads batch after batch and prints the position after each. */
const LOADER = `
import { openWarehouse } from '#warehouse';
const warehouse = await openWarehouse({
  file: process.argv[1], memoryLimitMb: 128, fiscalYearStartMonth: 1,
});
for (let from = 1; ; from += ${ROWS}) {
  await warehouse.apply(Array.from({ length: ${ROWS} }, (_, at) => ({
    position: BigInt(from + at), kind: 'supplier', recordId: String(from + at), before: undefined,
    after: { number: 'S', name: 'Supplier', status: 'active' },
    source: { integration: 'demo', key: String(from + at) },
  })));
  console.log(await warehouse.position());
}`;

it('a load cut short by kill -9 leaves whole batches and their position', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rialto-warehouse-'));
  const file = path.join(folder, 'warehouse.duckdb');
  try {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', LOADER, file]);
    let printed = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += String(text);
      if (printed.split('\n').length > 4) break;
    }
    child.kill('SIGKILL');
    if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const warehouse = await openWarehouse({ file, memoryLimitMb: 128, fiscalYearStartMonth: 1 });
    expect(warehouse.setAside).toBeUndefined();
    const position = Number(await warehouse.position());
    expect(position).toBeGreaterThanOrEqual(ROWS * 4);
    const found = await warehouse.query(
      'SELECT count(*), max(record_id::INT) FROM dim_supplier WHERE supplier_key <> -1',
      {},
    );
    expect(found.rows).toEqual([[position, position]]);
    await warehouse.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
