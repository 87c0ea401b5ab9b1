/** From order to delivery and back over real HTTP; then stock agrees with its control accounts. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-order-to-delivery.md', {
  on: '2026-03-31',
  agreement: { trialBalance: '0.00', stock: ['120.00', '120.00'], payables: ['0.00', '0.00'] },
  lists: { 'sales-orders': 'partly-delivered', deliveries: 'return' },
});
