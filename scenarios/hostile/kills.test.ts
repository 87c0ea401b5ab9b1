/**
 * Everything is killed at random instants while Rialto posts to an ERP that loses answers, books late
 * and throttles, and syncs in from it: nothing is lost, nothing is doubled, totals are equal to the
 * cent, and the records are what the ERP holds. Without the lookup the same run doubles.
 */
import { test } from 'vitest';
import { runKills } from './kill-run.ts';

const LIMIT_MS = 900_000;
/** Enough to see it by hand; the build machine takes its time. */
const KILLS = process.env['CI'] === 'true' ? 100 : 12;
/** So that not one order or invoice of 48 is doubled by chance alone: once in ten million runs. */
const LOST_OFTEN = 0.3;

test.concurrent(
  'workers, database and ERP are killed, and everything is booked exactly once',
  async ({ expect }) => {
    const { comparison, records, unanswered, foundByLooking, killed } = await runKills({
      kills: KILLS,
      seed: 11,
    });
    expect(comparison).toMatchObject({
      unfinished: 0,
      refused: 0,
      lost: 0,
      doubled: 0,
      unknown: 0,
      wrongKey: 0,
    });
    expect(comparison.ledgerTotal).toBe(comparison.journalTotal);
    expect(records, records.told.join('\n')).toMatchObject({
      missing: 0,
      surplus: 0,
      different: 0,
      heldBack: 0,
      wrongHistory: 0,
    });
    expect(records.records).toBeGreaterThan(200);
    expect(comparison.accepted).toBeGreaterThan(75);
    expect(
      Math.min(unanswered, foundByLooking, killed.worker, killed.database, killed.erp),
    ).toBeGreaterThan(0);
  },
  LIMIT_MS,
);

test.concurrent(
  'with the lookup switched off the same run books things twice',
  async ({ expect }) => {
    const plan = { kills: 8, seed: 11, loseAnswer: LOST_OFTEN };
    const { comparison } = await runKills({ ...plan, withoutLookup: true });
    expect(comparison.doubled).toBeGreaterThan(0);
    expect(comparison.ledgerTotal).not.toBe(comparison.journalTotal);
  },
  LIMIT_MS,
);
