/** From plan to payment over real HTTP; then receivables and payables agree with their control accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-project-to-cash.md', {
  on: '2026-04-30',
  agreement: {
    trialBalance: '0.00',
    stock: ['0.00', '0.00'],
    payables: ['-595.00', '-595.00'],
    receivables: ['0.00', '0.00'],
  },
});
