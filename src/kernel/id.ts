import { hash, randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

declare const brand: unique symbol;

/** A string that says what it identifies: `po_01J…` fits `Id<'po'>` and nothing else. */
export type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly [brand]: Prefix };

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BODY_LENGTH = 26;
const RANDOM_BYTES = new Uint8Array(16_384);
let drawn = RANDOM_BYTES.length; // How many of them were used.

/** Reads an id at the border. Undefined: not an id of this kind. */
export function parseId<Prefix extends string>(
  prefix: Prefix,
  text: string,
): Id<Prefix> | undefined {
  const wellFormed =
    text.startsWith(`${prefix}_`) && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text.slice(prefix.length + 1));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above checked it.
  return wellFormed ? (text as Id<Prefix>) : undefined;
}

const TAIL_LENGTH = 3;
const RUN_LENGTH = CROCKFORD.length ** TAIL_LENGTH;
/** The ids of one instant: what they begin with, and how many there are. */
const run = { ms: Number.NaN, head: '', count: RUN_LENGTH };

/**
 * Makes a fresh id for a thing that a person or Rialto itself creates. Sorts by creation time. Ids of
 * one instant follow each other: thousands that are booked at once lie side by side in every index.
 */
export function newId<Prefix extends string>(prefix: Prefix, nowMs: number): Id<Prefix> {
  if (nowMs !== run.ms || run.count === RUN_LENGTH) {
    run.ms = nowMs;
    run.head = ulid(nowMs, randomShare).slice(0, -TAIL_LENGTH);
    run.count = 0;
  }
  const tail = tailOf(run.count);
  run.count += 1;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built in the id's own form.
  return `${prefix}_${run.head}${tail}` as Id<Prefix>;
}

const tailOf = (count: number): string =>
  `${CROCKFORD[count >> 10] ?? ''}${CROCKFORD[(count >> 5) & 31] ?? ''}${CROCKFORD[count & 31] ?? ''}`;

/** 0 … 1 from the system's randomness, drawn in bulk: byte by byte it takes thirty times as long. */
function randomShare(): number {
  if (drawn === RANDOM_BYTES.length) {
    randomFillSync(RANDOM_BYTES);
    drawn = 0;
  }
  const share = (RANDOM_BYTES[drawn] ?? 0) / 256;
  drawn += 1;
  return share;
}

/** Derives the same id from the same parts, always: what a rebuild needs. SHA-256, 130 bits kept. */
export function derivedId<Prefix extends string>(
  prefix: Prefix,
  parts: readonly string[],
): Id<Prefix> {
  const digest = hash('sha256', JSON.stringify(parts), 'binary'); // A buffer takes three times as long.
  let body = '';
  let bits = 0;
  let held = 0; // How many of the bits are not yet written.
  for (let at = 0; body.length < BODY_LENGTH; at += 1) {
    bits = ((bits << 8) | digest.charCodeAt(at)) & 0xfff;
    for (held += 8; held >= 5 && body.length < BODY_LENGTH; held -= 5) {
      body += CROCKFORD[(bits >> (held - 5)) & 31] ?? '';
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built in the id's own form.
  return `${prefix}_${body}` as Id<Prefix>;
}
