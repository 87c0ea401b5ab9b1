/** A company begins with files of its former system: tried, corrected, booked once; then the books agree. */
import { describeGuide } from './follows-guide.ts';

describeGuide('erp-import.md', {
  on: '2026-01-01',
  agreement: {
    trialBalance: '0.00',
    stock: ['73.60', '73.60'],
    payables: ['-1500.00', '-1500.00'],
    receivables: ['1100.00', '1100.00'],
  },
  lists: { payables: '4711', imports: 'bestand.csv' },
});
