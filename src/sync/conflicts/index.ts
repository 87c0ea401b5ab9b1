export { keepBase, lastSeen } from './base.ts';
export { listConflicts, loadConflict } from './conflict.ts';
export type { Conflict } from './conflict.ts';
export { fieldsOf } from './fields.ts';
export type { Place } from './meet.ts';
export { decideConflict } from './resolve.ts';
export { listRules, listRulesVersions, restoreRules, saveRules } from './rules.ts';
export type { RulesVersion } from './rules.ts';
export { settleConflicts } from './settle.ts';
