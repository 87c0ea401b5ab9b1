import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import type { Command } from '#adapter-kit';
import { connectHostileErp } from './connect.ts';
import { isCollection } from './document.ts';
import { startHostileErp } from './start.ts';
import type { HostileErp } from './start.ts';

async function running(): Promise<HostileErp> {
  const ledger = join(mkdtempSync(join(tmpdir(), 'hostile-erp-')), 'ledger.jsonl');
  const erp = await startHostileErp({ ledger, seed: 3 });
  onTestFinished(() => erp.stop());
  const writer = connectHostileErp({ url: erp.url }).writer;
  for (const command of [order('RI-0'), receipt('RI-00'), invoice('RI-000')]) {
    await writer?.write(command, AbortSignal.timeout(5_000));
  }
  return erp;
}

const line = {
  number: '10',
  item: 'I0000001',
  ordered: { value: '3', unit: 'C62' },
  received: '0',
  rejected: '0',
  unitPrice: '10.3350',
  priceBase: '1',
  netAmount: '31.0050',
};

const order = (reference: string, supplier = 'S0000001'): Command => ({
  operation: 'create-purchase-order',
  reference,
  payload: {
    supplier,
    issuedOn: '2026-03-01',
    currency: 'EUR',
    netAmount: '31.0050',
    lines: [line],
  },
});
const receipt = (reference: string): Command => ({
  operation: 'post-goods-receipt',
  reference,
  payload: {
    receivedOn: '2026-03-09',
    lines: [{ order: 'PO0000101', orderLine: '10', quantity: { value: '1', unit: 'C62' } }],
  },
});
const invoice = (reference: string): Command => ({
  operation: 'post-supplier-invoice',
  reference,
  payload: {
    number: 'R-1',
    supplier: 'S0000001',
    issuedOn: '2026-03-10',
    currency: 'EUR',
    netAmount: '31.0050',
    taxAmount: '5.89',
    grossAmount: '36.8950',
    lines: [],
  },
});
const supplier = (reference: string, name: string): Command => ({
  operation: 'create-supplier',
  reference,
  payload: { name, status: 'active', country: 'DE', currency: 'EUR' },
});
const rename = (reference: string, version: string): Command => ({
  operation: 'update-supplier',
  reference,
  payload: { name: 'Renamed' },
  target: { key: 'S0000002', version },
});

describeDocumentAdapterContract('the hostile ERP', async () => {
  const erp = await running();
  const fields: Readonly<Record<string, object>> = {
    suppliers: { city: 'Elsewhere' },
    items: { unit: 'KGM' },
  };
  return {
    adapter: connectHostileErp({ url: erp.url }),
    touch: (entity) => {
      const id = isCollection(entity) ? (erp.documents(entity)[0]?.id ?? '') : '';
      if (isCollection(entity)) erp.edit(entity, id, { ...fields[entity] });
      return Promise.resolve(id);
    },
  };
});

describeWriterContract('the hostile ERP', async () => {
  const erp = await running();
  const { writer, capabilities } = connectHostileErp({ url: erp.url });
  if (writer === undefined) throw new Error('it can be written to');
  return {
    writer,
    capabilities,
    good: [order('RI-1'), receipt('RI-2'), invoice('RI-3'), rename('RI-4', '1')],
    refused: order('RI-5', 'S9999999'),
    stale: rename('RI-6', '0'),
    together: {
      good: [supplier('RI-7', 'One'), supplier('RI-8', 'Two')],
      refused: supplier('RI-9', ''),
    },
    booked: () => Promise.resolve(erp.bookings().length),
  };
});
