export type { GateProblemCode } from './errors.ts';
export { openGate } from './open-gate.ts';
