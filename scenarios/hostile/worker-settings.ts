import { z } from 'zod';

const WorkerSettingsSchema = z.strictObject({
  name: z.string(),
  databaseUrl: z.string(),
  erpUrl: z.string(),
  withoutLookup: z.boolean(),
});

/** What a worker process is told on its command line. */
export type WorkerSettings = Readonly<z.infer<typeof WorkerSettingsSchema>>;

export const parseWorkerSettings = (text: string): WorkerSettings =>
  WorkerSettingsSchema.parse(JSON.parse(text));

/** One request is given up after this; the lease lasts three of them. */
export const SEND_MS_MAX = 1_000;

/** Longer than the ERP may book after it was given up (`bookLateMs` less `SEND_MS_MAX`). */
export const SETTLE_MS = 3_000;

/** What the ERP does while everything is being killed. */
export const FAULTS = {
  loseAnswer: 0.06,
  dropBefore: 0.03,
  bookLate: 0.03,
  bookLateMs: 1_500,
  errorBefore: 0.03,
  errorAfter: 0.03,
  okWithError: 0.02,
  throttle: 0.04,
  retryAfterS: 0,
  unavailable: 0.02,
  expireTokens: 0.01,
  concurrencyMax: 6,
  repeatRows: 0.1,
  shortPage: 0.1,
  shuffle: 0.1,
  latencyMs: [0, 60] as [number, number],
};
