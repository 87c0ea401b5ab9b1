/** From plan to stock over real HTTP; then stock and work in progress agree with their control accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-plan-to-produce.md', {
  on: '2026-03-31',
  agreement: {
    trialBalance: '0.00',
    stock: ['924.00', '924.00'],
    workInProgress: ['11.17', '11.17'],
    payables: ['0.00', '0.00'],
    receivables: ['0.00', '0.00'],
  },
  lists: { 'work-orders': 'in-progress' },
});
