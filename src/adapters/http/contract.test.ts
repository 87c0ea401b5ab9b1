import type { Command } from '#adapter-kit';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import { connectTo, smallErp } from './testing.ts';

describeDocumentAdapterContract('http', async () => {
  const erp = await smallErp();
  return {
    adapter: connectTo(erp),
    touch: async () => {
      erp.touch(7);
      return await Promise.resolve('7');
    },
  };
});

let count = 0;
const command = (more: Partial<Command> = {}): Command => ({
  operation: 'create-purchase-order',
  reference: `RIALTO-${(count += 1)}-END`,
  payload: { requester: 'ann', netAmount: '12.50' },
  ...more,
});

describeWriterContract('http', async () => {
  const erp = await smallErp();
  const { writer, capabilities } = connectTo(erp);
  if (writer === undefined) throw new Error('the small ERP is written to');
  erp.touch(9);
  const change = { operation: 'update-purchase-order' } as const;
  return {
    writer,
    capabilities,
    good: [command(), command({ ...change, target: { key: '8', version: '1' } })],
    refused: command({ payload: { requester: 'refuse me' } }),
    stale: command({ ...change, target: { key: '9', version: '1' } }),
    booked: async () => await Promise.resolve(erp.booked()),
  };
});
