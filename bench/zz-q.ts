import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import { NEEDED_TABLES } from '#living-company';
const folder = await mkdtemp('/tmp/hist-');
const server = await startEmbedded({ folder: join(folder, 'postgres') });
try {
  const d = await openDatabase({ url: server.url, poolSizeMax: 4 });
  await migrate(d, NEEDED_TABLES);
  for (const t of [
    'erp_ledger.journal_line',
    'erp_ledger.journal_entry',
    'erp_company.document_link',
    'erp_sales.sales_order_line',
    'erp_sales.invoiced_line',
    'erp_sales.delivery_line',
    'erp_receivables.customer_invoice_line',
    'erp_inventory.movement',
    'erp_open_items.open_item',
    'erp_open_items.allocation',
    'erp_sales.sales_order',
  ]) {
    console.log('==', t);
    for (const r of await rows<any>(
      d.kysely,
      sql`select pg_get_constraintdef(oid) as x, contype from pg_constraint where conrelid=${t}::regclass and contype<>'n'`,
    ))
      console.log('  ', r.contype, r.x.slice(0, 150));
    for (const r of await rows<any>(
      d.kysely,
      sql`select indexdef as x from pg_indexes where schemaname||'.'||tablename=${t}`,
    ))
      console.log('   ix', r.x.replace(/.* USING/, '').slice(0, 120));
    for (const r of await rows<any>(
      d.kysely,
      sql`select pg_get_triggerdef(oid) as x from pg_trigger where tgrelid=${t}::regclass and not tgisinternal`,
    ))
      console.log('   tg', r.x.replace('CREATE ', '').slice(0, 200));
  }
  await d.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
