/** What every system that can be written to promises. Called through `#adapter-kit/testing`. */
import { describe, expect, test } from 'vitest';
import type { Capabilities, Writer } from '../adapter.ts';
import { OPERATIONS } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { Command, WriteOutcome } from '../write.ts';

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** A system at rest, what to ask of it, and its own books to compare with. */
export type WriterBench = {
  readonly writer: Writer;
  readonly capabilities: Capabilities;
  /** Commands that the system takes, each with a reference of its own; at least one. */
  readonly good: readonly Command[];
  /** Well formed, but the system refuses it. */
  readonly refused: Command;
  /** Changes something that has moved on since. Absent: the system keeps no versions. */
  readonly stale?: Command;
  /** How many things the system has booked in all, by its own count, beside the adapter. */
  readonly booked: () => Promise<number>;
};

/** Runs the suite; every call of `connect` gives a bench whose references are new. */
export function describeWriterContract(system: string, connect: () => Promise<WriterBench>): void {
  describe(`${system} keeps what a system that is written to promises`, () => {
    describeAccepted(connect);
    describeRefused(connect);
  });
}

function describeAccepted(connect: () => Promise<WriterBench>): void {
  test('what is accepted is found by our reference afterwards, and not before', async () => {
    const { writer, good } = await connect();
    expect(good.length).toBeGreaterThan(0);
    for (const command of good) {
      expect(await writer.lookup(command, patience())).toBeUndefined();
      const outcome = await writer.write(command, patience());
      expect(outcome).toMatchObject({ outcome: 'accepted' });
      const found = await writer.lookup(command, patience());
      expect(found?.key).toBe(outcome.outcome === 'accepted' ? outcome.key : undefined);
    }
  });

  test('one command is booked once, and another reference is not found by it', async () => {
    const { writer, good, booked } = await connect();
    const [command] = good;
    if (command === undefined) throw new Error('the bench has no good command');
    const before = await booked();
    await writer.write(command, patience());
    expect(await booked()).toBe(before + 1);
    const other = { ...command, reference: `${command.reference.slice(0, 30)}-X` };
    expect(await writer.lookup(other, patience())).toBeUndefined();
  });

  test('a preview shows what would be sent, our reference in it, and sends nothing', async () => {
    const { writer, good, booked } = await connect();
    const before = await booked();
    for (const command of good) {
      expect(JSON.stringify(writer.preview(command))).toContain(command.reference);
      expect(await writer.lookup(command, patience())).toBeUndefined();
    }
    expect(await booked()).toBe(before);
  });
}

function describeRefused(connect: () => Promise<WriterBench>): void {
  test('what is rejected is not booked, and says why', async () => {
    const { writer, refused, booked } = await connect();
    const before = await booked();
    const outcome = await writer.write(refused, patience());
    expect(outcome).toMatchObject({ outcome: 'rejected' });
    expect(reasonOf(outcome).length).toBeGreaterThan(0);
    expect(await writer.lookup(refused, patience())).toBeUndefined();
    expect(await booked()).toBe(before);
  });

  test('a target that has moved on is a conflict, and stays as it is', async () => {
    const { writer, stale, booked } = await connect();
    if (stale === undefined) return;
    const before = await booked();
    const outcome = await writer.write(stale, patience());
    expect(outcome).toMatchObject({ outcome: 'rejected', why: 'conflict' });
    expect(await booked()).toBe(before);
  });

  test('an operation that is not among the capabilities is unsupported, and nothing is sent', async () => {
    const { writer, capabilities, good, booked } = await connect();
    const [command] = good;
    if (command === undefined) throw new Error('the bench has no good command');
    const before = await booked();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what no system can have.
    const lacking: Operation[] = ['no-such-operation' as Operation];
    for (const name of Object.keys(OPERATIONS)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of that table.
      const operation = name as Operation;
      if (!capabilities.writes.includes(operation)) lacking.push(operation);
    }
    for (const operation of lacking) {
      const outcome = await writer.write({ ...command, operation }, patience());
      expect(outcome).toMatchObject({ outcome: 'rejected', why: 'unsupported' });
    }
    expect(await booked()).toBe(before);
  });

  test('a write that is stopped before it begins is not sent, and does not throw', async () => {
    const { writer, good, booked } = await connect();
    const [command] = good;
    if (command === undefined) throw new Error('the bench has no good command');
    const before = await booked();
    const outcome = await writer.write(command, AbortSignal.abort());
    expect(outcome.outcome).not.toBe('accepted');
    expect(await booked()).toBe(before);
  });
}

const reasonOf = (outcome: WriteOutcome): string =>
  outcome.outcome === 'accepted' ? '' : outcome.reason;
