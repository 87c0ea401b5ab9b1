export { changeEvent, changeLines } from './change-lines.ts';
export { changedFields } from './changed-fields.ts';
export type { ChangedFields } from './changed-fields.ts';
export { decideEach } from './decide-each.ts';
export type { Decided } from './decide-each.ts';
export { noteEvents, readEvents } from './note-events.ts';
export type { DocumentEvent } from './note-events.ts';
export { takeParts } from './take-parts.ts';
