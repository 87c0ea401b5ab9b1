import type { Capabilities } from '#adapter-kit';

/** How patient we are with one integration. */
export type PostingPolicy = {
  readonly sendMsMax: number; // One request that writes; then it is given up, and uncertain.
  readonly settleMs: number; // How late a system may still book what it never answered.
  readonly retryBaseMs: number;
  readonly retryMsMax: number;
  readonly attemptsMax: number; // Of 'limited' and 'unavailable'; then a person is asked.
  readonly lookMs: number; // How soon what was handed over is looked at; then less and less often.
  readonly fallbackAfterMs: number; // How long it is away before postings go by its fallback.
};

/** Patient enough for an ERP that is restarted at night. */
export const POSTING_POLICY: PostingPolicy = {
  sendMsMax: 30_000,
  settleMs: 60_000,
  retryBaseMs: 1_000,
  retryMsMax: 600_000,
  attemptsMax: 100,
  lookMs: 5_000,
  fallbackAfterMs: 900_000,
};

/** What is in force: as a person has set it, else as the adapter says, else as usual. */
export function policyOf(
  patience: Capabilities['patience'],
  set: Readonly<Partial<PostingPolicy>>,
): PostingPolicy {
  return { ...POSTING_POLICY, ...patience, ...set };
}

const A_DAY_MS = 86_400_000;

/** What each may be: less would harm the system or the promise, more would never end. */
const LIMITS: Readonly<Record<keyof PostingPolicy, readonly [least: number, most: number]>> = {
  sendMsMax: [100, 600_000],
  settleMs: [1_000, 7 * A_DAY_MS],
  retryBaseMs: [10, 600_000],
  retryMsMax: [100, A_DAY_MS],
  attemptsMax: [1, 100_000],
  lookMs: [100, A_DAY_MS],
  fallbackAfterMs: [0, 7 * A_DAY_MS],
};

/** Says what is wrong with a part of a policy that a person has set; empty: nothing. */
export function policyProblems(set: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(set).flatMap(([name, value]) => {
    if (!isName(name)) return [`there is no ${name}; there are: ${NAMES.join(', ')}`];
    const [least, most] = LIMITS[name];
    const fits = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
    return fits ? [] : [`${name} has to be a whole number from ${least} to ${most}`];
  });
}

const NAMES = Object.keys(LIMITS);
const isName = (name: string): name is keyof PostingPolicy => Object.hasOwn(LIMITS, name);
