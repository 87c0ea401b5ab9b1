import { z } from 'zod';

const ms = z.number().int();

/** How patient postings to a system are; what each may be, the server says. */
const Policy = z.strictObject({
  sendMsMax: ms, // One request that writes.
  settleMs: ms, // How late it may still book what it never answered.
  retryBaseMs: ms,
  retryMsMax: ms,
  attemptsMax: z.number().int(),
  lookMs: ms, // How soon what was handed over is looked at.
  fallbackAfterMs: ms, // How long it is away before postings go by its fallback.
});

/** What a person sets about the postings to a system; what is left out is as before it was set. */
export const PostingSettings = z.strictObject({
  policy: Policy.partial(),
  fallback: z.string().min(1).max(100).optional(), // Who stands in for it while it is away.
});
export type PostingSettings = Readonly<z.infer<typeof PostingSettings>>;

/** What is set, and what is in force. */
export const PostingSettingsShown = z.strictObject({
  ...PostingSettings.shape,
  inForce: Policy,
  standsInFor: z.array(z.string()), // Systems that name it as their fallback.
});
export type PostingSettingsShown = Readonly<z.infer<typeof PostingSettingsShown>>;
