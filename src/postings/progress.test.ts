/** The rules alone, against an ERP that loses answers and books late, and workers that are killed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WriteOutcome } from '#adapter-kit';
import { instantOf, millisecondsOf } from '#kernel/time';
import { backoffMs } from './backoff.ts';
import { POSTING_POLICY } from './policy.ts';
import type { PostingPolicy } from './policy.ts';
import { decide, isFinal } from './progress.ts';
import type { PostingEvent, Progress } from './progress.ts';

const policy: PostingPolicy = {
  sendMsMax: 1_000,
  settleMs: 5_000,
  retryBaseMs: 100,
  retryMsMax: 2_000,
  attemptsMax: 1_000,
  lookMs: 500,
  fallbackAfterMs: 1_000,
};
const START: Progress = { state: 'intent', attempts: 0, lookups: 0, nextTryAt: instantOf(0) };

/** What may happen to one request to the ERP. */
type Fate =
  | 'booked'
  | 'booked, answer lost'
  | 'not booked, answer lost'
  | 'booked late'
  | 'limited'
  | 'unavailable'
  | 'killed before it left'
  | 'killed after it was booked'
  | 'killed, and booked late';
/** What may happen to one look. */
type Look = 'answers' | 'fails' | 'killed';

const fates = fc.constantFrom<Fate[]>(
  'booked',
  'booked, answer lost',
  'not booked, answer lost',
  'booked late',
  'limited',
  'unavailable',
  'killed before it left',
  'killed after it was booked',
  'killed, and booked late',
);
const looks = fc.constantFrom<Look[]>('answers', 'fails', 'killed');

/** Plays one posting to its end; answers when it was booked. `settleMs`: how late the ERP may book. */
function play(plan: { fates: Fate[]; looks: Look[]; draws: number[]; lateMs: number }): {
  progress: Progress;
  bookedAt: number[];
} {
  const bookedAt: number[] = [];
  let progress = START;
  let now = 0;
  const draw = (): number => plan.draws[now % plan.draws.length] ?? 0.5;
  for (let step = 0; step < 3_000 && !isFinal(progress.state); step += 1) {
    now = Math.max(now, millisecondsOf(progress.nextTryAt));
    const at = instantOf(now);
    if (progress.state === 'uncertain') {
      const look = plan.looks.shift() ?? 'answers';
      now += 10;
      if (look === 'killed')
        now += 3 * policy.sendMsMax; // Its lease runs out; nothing was saved.
      else if (look === 'fails') {
        const event = { kind: 'look-failed', at: instantOf(now), reason: 'away' } as const;
        progress = decide(progress, event, policy, draw());
      } else if (bookedAt.some((booked) => booked <= millisecondsOf(at))) {
        const found = { kind: 'found', at: instantOf(now), found: { key: 'K' } } as const;
        progress = decide(progress, found, policy, draw());
      } else {
        const event = { kind: 'not-found', at: instantOf(now), beganAt: at } as const;
        progress = decide(progress, event, policy, draw());
      }
      continue;
    }
    if (progress.state === 'sending') {
      progress = decide(progress, { kind: 'worker-lost', at }, policy, draw());
      continue;
    }
    progress = decide(progress, { kind: 'send-began', at }, policy, draw());
    const fate = plan.fates.shift() ?? 'booked';
    if (fate.startsWith('booked') || fate.includes('was booked')) bookedAt.push(now);
    if (fate === 'booked late') bookedAt[bookedAt.length - 1] = now + plan.lateMs;
    if (fate === 'killed, and booked late') bookedAt.push(now + plan.lateMs);
    now += 50;
    if (fate.startsWith('killed')) now += 3 * policy.sendMsMax;
    else {
      const outcome = OUTCOMES[fate];
      progress = decide(
        progress,
        { kind: 'answered', at: instantOf(now), outcome },
        policy,
        draw(),
      );
    }
  }
  return { progress, bookedAt };
}

const lost: WriteOutcome = { outcome: 'uncertain', reason: 'no answer' };
const OUTCOMES: Readonly<Record<Fate, WriteOutcome>> = {
  booked: { outcome: 'accepted', key: 'K', version: '1' },
  'booked, answer lost': lost,
  'not booked, answer lost': lost,
  'booked late': lost,
  limited: {
    outcome: 'rejected',
    why: 'limited',
    code: '429',
    reason: 'slow down',
    retryAfterMs: 700,
  },
  unavailable: { outcome: 'rejected', why: 'unavailable', code: 'none', reason: 'away' },
  'killed before it left': lost,
  'killed after it was booked': lost,
  'killed, and booked late': lost,
};

test('whatever is lost, late or killed, in any order: it is booked exactly once', () => {
  fc.assert(
    fc.property(
      fc.record({
        fates: fc.array(fates, { maxLength: 12 }),
        looks: fc.array(looks, { maxLength: 12 }),
        draws: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        lateMs: fc.integer({ min: 0, max: policy.settleMs }),
      }),
      (plan) => {
        const { progress, bookedAt } = play(structuredClone(plan));
        expect(progress.state).toBe('accepted');
        expect(bookedAt).toHaveLength(1);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a system that books later than the settle window is booked twice: the window matters', () => {
  const { bookedAt } = play({
    fates: ['booked late'],
    looks: [],
    draws: [0.5],
    lateMs: policy.settleMs * 3,
  });
  expect(bookedAt).toHaveLength(2);
});

test('nothing leads from sending or uncertain back to intent but an answer or a late look', () => {
  const sending = decide(START, { kind: 'send-began', at: instantOf(0) }, policy, 0);
  const unsure = decide(sending, { kind: 'worker-lost', at: instantOf(10) }, policy, 0);
  expect(unsure).toMatchObject({ state: 'uncertain', settleUntil: instantOf(5_010) });
  const look = (ms: number): Progress =>
    decide(
      unsure,
      { kind: 'not-found', at: instantOf(ms + 400), beganAt: instantOf(ms) },
      policy,
      0.9,
    );
  expect(look(5_009)).toMatchObject({ state: 'uncertain', nextTryAt: instantOf(5_010) });
  expect(look(5_010).state).toBe('intent');
  expect(() => decide(unsure, { kind: 'retried', at: instantOf(9_999) }, policy, 0)).toThrow(
    "'retried' happened to a posting that is 'uncertain'",
  );
  expect(() => decide(unsure, { kind: 'send-began', at: instantOf(9_999) }, policy, 0)).toThrow(
    "'send-began' happened to a posting that is 'uncertain'",
  );
});

/** What may happen next in the world of one posting that is handed over. */
type Turn =
  | 'looked at'
  | 'look fails'
  | 'taken up and booked'
  | 'taken up, refused'
  | 'vanishes'
  | 'withdrawn'
  | 'sent, and it says so'
  | 'sent, and lost its answer'
  | 'lost on the way'
  | 'away'
  | 'killed';
const turns = fc.constantFrom<Turn[]>(
  'looked at',
  'look fails',
  'taken up and booked',
  'taken up, refused',
  'vanishes',
  'withdrawn',
  'sent, and it says so',
  'sent, and lost its answer',
  'lost on the way',
  'away',
  'killed',
);

/** Plays the turns that are possible where it stands; answers every state it went through. */
function playHandingOver(plan: readonly Turn[]): { states: string[]; booked: number } {
  let progress = START;
  let lies = false;
  let booked = 0;
  let answer: 'booked' | 'refused' | undefined;
  let takenBack = false;
  let now = 0;
  const states = ['intent'];
  const happen = (event: PostingEvent): void => {
    progress = decide(progress, event, policy, 0.5);
    states.push(event.kind === 'withdrawn' ? 'withdrawn' : progress.state);
  };
  const looksAt = (at: ReturnType<typeof instantOf>): PostingEvent => {
    if (lies) return { kind: 'waiting', at, waiting: 'out/1.json' };
    if (answer === 'booked') return { kind: 'found', at, found: { key: 'K' } };
    const refused = { why: 'invalid', code: 'X', reason: 'no' } as const;
    if (answer === 'refused') return { kind: 'refused', at, refused };
    const nowhere = { kind: 'not-found', at, beganAt: at } as const;
    return takenBack ? nowhere : { ...nowhere, fetched: true };
  };
  for (const turn of plan) {
    now = Math.max(now + 1, millisecondsOf(progress.nextTryAt)) + policy.settleMs;
    const at = instantOf(now);
    const looking = progress.state === 'uncertain' || progress.state === 'handed-over';
    if (turn === 'taken up and booked' && lies) {
      [lies, answer, booked] = [false, 'booked', booked + 1];
    } else if (turn === 'taken up, refused' && lies) [lies, answer] = [false, 'refused'];
    else if (turn === 'vanishes' && lies) lies = false;
    else if (turn === 'looked at' && looking) happen(looksAt(at));
    else if (turn === 'look fails' && looking) happen({ kind: 'look-failed', at, reason: 'away' });
    else if (turn === 'withdrawn' && lies && progress.state === 'handed-over') {
      lies = false;
      happen({ kind: 'withdrawn', at, reason: 'a test', to: 'uncertain' });
      takenBack = true;
    } else if (progress.state === 'intent' && SENDS.includes(turn)) {
      happen({ kind: 'send-began', at });
      takenBack = false;
      if (turn.startsWith('sent')) [lies, answer] = [true, undefined];
      if (turn === 'killed') happen({ kind: 'worker-lost', at });
      else happen({ kind: 'answered', at, outcome: handingOver(turn) });
    }
  }
  return { states, booked };
}

const SENDS: readonly Turn[] = [
  'sent, and it says so',
  'sent, and lost its answer',
  'lost on the way',
  'away',
  'killed',
];
const handingOver = (turn: Turn): WriteOutcome => {
  if (turn === 'away') return OUTCOMES.unavailable;
  return turn === 'sent, and it says so' ? { outcome: 'handed-over', place: 'out/1.json' } : lost;
};

test('what is handed over is booked at most once, and only its withdrawal lets it be sent again', () => {
  let withdrawn = 0;
  fc.assert(
    fc.property(fc.array(turns, { maxLength: 40 }), (plan) => {
      const { states, booked } = playHandingOver(plan);
      expect(booked).toBeLessThanOrEqual(1);
      expect(states.at(-1) !== 'accepted' || booked === 1).toBe(true);
      expect(states.join(' ')).not.toContain('handed-over intent');
      if (/withdrawn( uncertain)* intent sending/.test(states.join(' '))) withdrawn += 1;
    }),
    { numRuns: 2_000 },
  );
  expect(withdrawn).toBeGreaterThan(0);
});

test('what is handed over is looked at after lookMs, and then less and less often', () => {
  const sending = decide(START, { kind: 'send-began', at: instantOf(0) }, policy, 0);
  const outcome = { outcome: 'handed-over', place: 'out/1.json' } as const;
  let progress = decide(sending, { kind: 'answered', at: instantOf(0), outcome }, policy, 0.999);
  expect(millisecondsOf(progress.nextTryAt)).toBe(policy.lookMs);
  const waits: number[] = [];
  for (let look = 0; look < 6; look += 1) {
    const at = progress.nextTryAt;
    const event = { kind: 'waiting', at, waiting: 'out/1.json' } as const;
    progress = decide(progress, event, policy, 0.999);
    waits.push(millisecondsOf(progress.nextTryAt) - millisecondsOf(at));
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits[0]).toBeGreaterThanOrEqual(policy.lookMs / 2);
  expect(waits.at(-1)).toBeGreaterThan(waits[0] ?? 0);
});

test.each([
  ['invalid', 'dead'],
  ['forbidden', 'dead'],
  ['not-found', 'dead'],
  ['unsupported', 'dead'],
  ['conflict', 'conflict'],
  ['limited', 'intent'],
  ['unavailable', 'intent'],
] as const)("a refusal that says '%s' makes it '%s'", (why, state) => {
  const sending = decide(START, { kind: 'send-began', at: instantOf(0) }, policy, 0);
  const outcome = { outcome: 'rejected', why, code: 'X', reason: 'no', field: 'name' } as const;
  const progress = decide(sending, { kind: 'answered', at: instantOf(1), outcome }, policy, 0.5);
  expect(progress).toMatchObject({ state, refusal: { why, reason: 'no', field: 'name' } });
});

test('tries end, and a person is asked; Retry-After is never undercut', () => {
  const few = { ...POSTING_POLICY, attemptsMax: 2 };
  const answer = { kind: 'answered', at: instantOf(0), outcome: OUTCOMES.limited } as const;
  let progress = decide(START, { kind: 'send-began', at: instantOf(0) }, few, 0);
  progress = decide(progress, answer, few, 0);
  expect(progress).toMatchObject({ state: 'intent', nextTryAt: instantOf(700) });
  progress = decide(progress, { kind: 'send-began', at: instantOf(700) }, few, 0);
  expect(decide(progress, answer, few, 0).state).toBe('dead');
});

test('waits grow, are jittered from zero, and stay below the maximum', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, draw) => {
      const waitMs = backoffMs(tries, policy, draw);
      expect(waitMs).toBeLessThanOrEqual(policy.retryMsMax);
      expect(waitMs).toBeLessThanOrEqual(policy.retryBaseMs * 2 ** tries);
      expect(backoffMs(tries, policy, 0)).toBe(0);
    }),
  );
});
