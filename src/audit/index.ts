export { appendEvent } from './append-event.ts';
export type { AuditEvent } from './event.ts';
export { auditMigrations } from './migrations.ts';
export { verifyChain } from './verify-chain.ts';
export type { Verdict } from './verify-chain.ts';
