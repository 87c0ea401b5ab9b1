export { listBills } from './bill.ts';
export type { Bill } from './bill.ts';
export { billProjects, cancelBills } from './bill-projects.ts';
export { closeProjects } from './close-projects.ts';
export type { BillDraft } from './decide-bill.ts';
export { recogniseRevenue } from './recognise-revenue.ts';
export type { RecognitionRun } from './recognise-revenue.ts';
export { listRecognitions } from './recognition.ts';
export type { Recognition } from './recognition.ts';
