import { createHash } from 'node:crypto';
import { assert } from './assert.ts';

/** Draws that look random and are the same for the same name, for ever. */
export type Draw = {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** Whether something happens that happens so many times in a thousand. */
  happens(perMille: number): boolean;
  pick<T>(values: readonly T[]): T;
};

/** Begins a row of draws. Draws under one name never depend on those under another. */
export function drawsOf(seed: number, name: string): Draw {
  // Mulberry32, on whole numbers only, so that every machine draws alike.
  let state = createHash('sha256').update(`${seed}/${name}`).digest().readUInt32BE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (from: number, to: number): number => from + (next() % (to - from + 1));
  return {
    between,
    happens: (perMille) => between(1, 1000) <= perMille,
    pick: (values) => {
      const value = values[between(0, values.length - 1)];
      assert(value !== undefined, 'nothing to pick from');
      return value;
    },
  };
}
