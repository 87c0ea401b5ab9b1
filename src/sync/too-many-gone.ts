import type { Sentence } from '#kernel';
import { say } from './sentences.ts';

const SHARE_MAX = 0.2;
const FREE = 10;

/** Whether so many records would go that a person has to say so: a source may be broken. */
export function tooManyGone(gone: number, all: number): boolean {
  return gone > FREE && gone > all * SHARE_MAX;
}

/** What is gone from a source, for a run to tell. */
export type Gone = {
  readonly gone: number;
  readonly all: number;
  readonly what: string;
  readonly where: string;
};

/** What a run says of deletions that wait for a person. */
export const deletionsHeld = (things: Gone): Sentence =>
  say('gone-too-many', { ...things, most: SHARE_MAX * 100 });
