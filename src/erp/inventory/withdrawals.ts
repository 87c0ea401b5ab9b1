export { chargeElsewhere } from './charge-elsewhere.ts';
export { listWithdrawn, lockWithdrawn, notCharged, noteWithdrawnCharged } from './withdrawn.ts';
export type { WithdrawalCharge, Withdrawn } from './withdrawn.ts';
