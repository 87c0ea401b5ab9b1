/** The hostile ERP as a process of its own; README says what it answers. */
import { parseArgs } from 'node:util';
import { FaultsSchema } from './faults.ts';
import { startHostileErp } from './start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    ledger: { type: 'string' },
    suppliers: { type: 'string', default: '20' },
    items: { type: 'string', default: '50' },
    orders: { type: 'string', default: '100' },
    faults: { type: 'string', default: '{}' },
    leashed: { type: 'boolean', default: false },
  },
});
if (values.ledger === undefined) {
  throw new Error('Say where the ledger is: --ledger <file>');
}
const erp = await startHostileErp({
  ledger: values.ledger,
  port: Number(values.port),
  seed: Number(values.seed),
  suppliers: Number(values.suppliers),
  items: Number(values.items),
  orders: Number(values.orders),
  faults: FaultsSchema.parse(JSON.parse(values.faults)),
});
process.stdout.write(`${JSON.stringify({ url: erp.url })}\n`);
if (values.leashed) process.stdin.on('end', () => process.exit(0)).resume(); // Its owner is gone.
