/** Made here and at a supplier's over real HTTP; then stock, work in progress and payables agree with their accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-outside-processing.md', {
  on: '2026-03-31',
  agreement: {
    trialBalance: '0.00',
    stock: ['1612.00', '1612.00'],
    workInProgress: ['0.00', '0.00'],
    payables: ['-205.63', '-205.63'],
    receivables: ['0.00', '0.00'],
  },
  lists: { 'work-orders': 'closed', 'purchase-orders': 'PO-2026-000001' },
});
