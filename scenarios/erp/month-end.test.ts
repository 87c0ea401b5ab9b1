/** A month accrued, revalued and closed over real HTTP; what is revalued leaves payables agreed. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-month-end.md', {
  on: '2026-01-31',
  agreement: {
    trialBalance: '0.00',
    stock: ['0.00', '0.00'],
    payables: ['-80.00', '-80.00'],
    receivables: ['0.00', '0.00'],
  },
});
