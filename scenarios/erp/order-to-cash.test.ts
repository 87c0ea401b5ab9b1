/** From order to payment over real HTTP; then stock and receivables agree with their control accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-order-to-cash.md', {
  on: '2026-03-31',
  agreement: {
    trialBalance: '0.00',
    stock: ['120.00', '120.00'],
    payables: ['0.00', '0.00'],
    receivables: ['12.22', '12.22'],
  },
  lists: {
    'sales-orders': 'partly-delivered',
    deliveries: 'return',
    quotations: '(none)',
    'dunning-runs': '(none)',
    'bank-transfers': '(none)',
  },
});
