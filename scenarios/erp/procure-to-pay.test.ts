/** From requisition to the bank's statement over real HTTP; then stock and payables agree with their control accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-procure-to-pay.md', {
  on: '2026-03-31',
  agreement: {
    trialBalance: '0.00',
    stock: ['250.00', '250.00'],
    payables: ['-100.00', '-100.00'],
    receivables: ['0.00', '0.00'],
  },
  lists: {
    'purchase-orders': 'PO-2026-000001',
    'goods-receipts': 'GR-2026-000002',
    'supplier-invoices': 'deviating',
    payables: 'SI-2026-000002',
    'supplier-payments': 'SP-2026-000001',
    requisitions: 'ordered',
    'payment-runs': 'paid',
    'bank-accounts': 'Hausbank',
  },
});
