import { z } from 'zod';

const Share = z.number().min(0).max(1);

/** What goes wrong, how often. Everything absent: the ERP is kind. README says what each does. */
export const FaultsSchema = z.strictObject({
  loseAnswer: Share.optional(),
  dropBefore: Share.optional(),
  cutBatch: Share.optional(),
  bookLate: Share.optional(),
  bookLateMs: z.number().int().min(0).optional(),
  errorBefore: Share.optional(),
  errorAfter: Share.optional(),
  okWithError: Share.optional(),
  throttle: Share.optional(),
  retryAfterS: z.number().int().min(0).optional(),
  concurrencyMax: z.number().int().min(1).optional(),
  unavailable: Share.optional(),
  expireTokens: Share.optional(),
  repeatRows: Share.optional(),
  shortPage: Share.optional(),
  shuffle: Share.optional(),
  schema: z.enum(['renamed', 'added', 'missing', 'retyped']).optional(),
  latencyMs: z.tuple([z.number().min(0), z.number().min(0)]).optional(),
  tokenSeconds: z.number().int().min(1).optional(),
});
export type Faults = Readonly<z.infer<typeof FaultsSchema>>;
