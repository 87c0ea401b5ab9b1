import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ORDERS = 'purchase-orders.csv';
const LINES = 'purchase-order-lines.csv';

/**
 * Copies a workshop's files and repeats its orders under fresh numbers, so that reading them
 * takes long enough to be watched. One order more names a supplier that does not exist.
 */
export async function writeLargerCompany(from: string, to: string, times: number): Promise<void> {
  await cp(from, to, { recursive: true });
  for (const name of [ORDERS, LINES]) {
    const text = await readFile(join(from, name), 'utf8');
    const [head = '', ...rows] = text.trimEnd().split('\n');
    const all = Array.from({ length: times }, (_, copy) =>
      rows.map((row) => (copy === 0 ? row : `X${copy}-${row}`)),
    );
    const stray =
      name === ORDERS
        ? 'PO-STRAY,99999,closed,2026-01-05,2026-01-09,10.00,0.00,0.00,10.00,Nobody,Truck'
        : 'PO-STRAY,10,,Loose part,1,C62,1,0,10.00,10.00,2026-01-09,yes';
    await writeFile(join(to, name), `${[head, ...all.flat(), stray].join('\n')}\n`);
  }
  await sealManifest(to);
}

/** Changes a text in one of the files, as someone at the source would. */
export async function editFile(
  folder: string,
  name: string,
  [before, after]: readonly [string, string],
): Promise<void> {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8');
  if (!text.includes(before)) throw new Error(`'${before}' is not in ${name}`);
  await writeFile(path, text.replace(before, after));
  await sealManifest(folder);
}

async function sealManifest(folder: string): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
  const files: Record<string, { sha256: string; rows: number }> = {};
  for (const name of [
    'currencies.csv',
    'suppliers.csv',
    'items.csv',
    'supplier-items.csv',
    ORDERS,
    LINES,
  ]) {
    const text = await readFile(join(folder, name), 'utf8');
    const sha256 = createHash('sha256').update(text).digest('hex');
    files[name] = { sha256, rows: text.trimEnd().split('\n').length - 1 };
  }
  await writeFile(path, `${JSON.stringify({ ...Object(manifest), files }, undefined, 2)}\n`);
}
