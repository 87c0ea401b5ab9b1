import { z } from 'zod';

/** What every failed request comes back as (RFC 9457, application/problem+json). */
export const Problem = z
  .object({
    type: z.string(), // 'about:blank', or a page that explains the code.
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string(), // '<module>.<what-went-wrong>': stable.
    kind: z.string(), // One of the nine kinds.
    remedy: z.string().optional(),
    slots: z.record(z.string(), z.union([z.string(), z.number()])).optional(), // What it names, for other languages.
    traceId: z.string(), // Also in the log.
    retryAfterMs: z.number().int().optional(),
    problems: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  })
  .register(z.globalRegistry, { id: 'Problem' });
export type Problem = Readonly<z.infer<typeof Problem>>;
