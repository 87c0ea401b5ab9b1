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
  /**
   * Lets the other side take up all that was handed over, book or refuse it, and answer. Absent:
   * the system answers at once.
   */
  readonly takeUp?: () => Promise<void>;
  /** Commands of one operation that go out as one request, and one that is refused among them. */
  readonly together?: { readonly good: readonly Command[]; readonly refused: Command };
  /** How many things the system has booked in all, by its own count, beside the adapter. */
  readonly booked: () => Promise<number>;
};

/** Runs the suite; every call of `connect` gives a bench whose references are new. */
export function describeWriterContract(system: string, connect: () => Promise<WriterBench>): void {
  describe(`${system} keeps what a system that is written to promises`, () => {
    describeAccepted(connect);
    describeRefused(connect);
    describeHandedOver(connect);
    describeTogether(connect);
  });
}

function describeAccepted(connect: () => Promise<WriterBench>): void {
  test('what is accepted is found by our reference afterwards, and not before', async () => {
    const bench = await connect();
    const { writer, good } = bench;
    expect(good.length).toBeGreaterThan(0);
    for (const command of good) {
      expect(await writer.lookup(command, patience())).toBeUndefined();
      const outcome = await comesOf(bench, command);
      expect(outcome).toMatchObject({ outcome: 'accepted' });
      const key = outcome.outcome === 'accepted' ? outcome.key : undefined;
      expect(await writer.lookup(command, patience())).toMatchObject({ key });
    }
  });

  test('one command is booked once, and another reference is not found by it', async () => {
    const { writer, good, booked, takeUp } = await connect();
    const [command] = good;
    if (command === undefined) throw new Error('the bench has no good command');
    const before = await booked();
    await writer.write(command, patience());
    await takeUp?.();
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
    const bench = await connect();
    const { writer, refused, booked, takeUp } = bench;
    const before = await booked();
    const outcome = await comesOf(bench, refused);
    expect(outcome).toMatchObject({ outcome: 'rejected' });
    expect(outcome.outcome === 'rejected' && outcome.reason.length > 0).toBe(true);
    const seen = await writer.lookup(refused, patience());
    expect(seen !== undefined && ('key' in seen || 'waiting' in seen)).toBe(false);
    expect(seen === undefined || takeUp !== undefined).toBe(true);
    expect(await booked()).toBe(before);
  });

  test('a target that has moved on is a conflict, and stays as it is', async () => {
    const bench = await connect();
    const { stale, booked } = bench;
    if (stale === undefined) return;
    const before = await booked();
    const outcome = await comesOf(bench, stale);
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
    const { writer, good, booked, takeUp } = await connect();
    const [command] = good;
    if (command === undefined) throw new Error('the bench has no good command');
    const before = await booked();
    const outcome = await writer.write(command, AbortSignal.abort());
    expect(outcome.outcome).not.toBe('accepted');
    expect(outcome.outcome).not.toBe('handed-over');
    await takeUp?.();
    expect(await booked()).toBe(before);
  });
}

/** Of systems that fetch what is written to them, and answer later. */
function describeHandedOver(connect: () => Promise<WriterBench>): void {
  test('its capabilities say whether it hands over', async () => {
    const { writer, capabilities, good, takeUp } = await connect();
    expect(capabilities.handsOver === true).toBe(takeUp !== undefined);
    const [command] = good;
    if (command === undefined || takeUp === undefined) return;
    expect(await writer.write(command, patience())).toMatchObject({ outcome: 'handed-over' });
  });

  test('what is handed over waits, and is booked only when it is taken up, once', async () => {
    const { writer, good, booked, takeUp } = await connect();
    const [command] = good;
    if (command === undefined || takeUp === undefined) return;
    const before = await booked();
    await writer.write(command, patience());
    expect(await writer.lookup(command, patience())).toHaveProperty('waiting');
    expect(await writer.lookup(command, patience())).toHaveProperty('waiting'); // Looking changes nothing.
    expect(await booked()).toBe(before);
    await takeUp();
    await takeUp();
    expect(await booked()).toBe(before + 1);
  });

  test('what was refused and is handed over again waits again, whatever was said before', async () => {
    const { writer, good, refused, booked, takeUp } = await connect();
    const [command] = good;
    if (command === undefined || takeUp === undefined) return;
    const before = await booked();
    const first = await writer.write({ ...refused, reference: command.reference }, patience());
    if (first.outcome !== 'handed-over') return; // It refuses such a one before handing it over.
    await takeUp();
    expect(await writer.lookup(command, patience())).toHaveProperty('refused');
    await writer.write(command, patience());
    expect(await writer.lookup(command, patience())).toHaveProperty('waiting');
    await takeUp();
    expect(await writer.lookup(command, patience())).toHaveProperty('key');
    expect(await booked()).toBe(before + 1);
  });

  test('several handed over as one each wait, and are each booked once', async () => {
    const { writer, good, booked, takeUp } = await connect();
    const [{ operation } = { operation: undefined }] = good;
    const alike = good.filter((each) => each.operation === operation && each.target === undefined);
    if (takeUp === undefined || writer.many === undefined || alike.length < 2) return;
    const before = await booked();
    const together = alike.slice(0, writer.many.commandsMax);
    await writer.many.write(together, patience());
    for (const each of together) {
      expect(await writer.lookup(each, patience())).toHaveProperty('waiting');
    }
    await takeUp();
    for (const each of together) {
      expect(await writer.lookup(each, patience())).toHaveProperty('key');
    }
    expect(await booked()).toBe(before + together.length);
  });

  test('what is withdrawn in time is never booked; what was taken up is not withdrawn', async () => {
    const { writer, good, booked, takeUp } = await connect();
    const [command] = good;
    if (command === undefined || takeUp === undefined || writer.withdraw === undefined) return;
    const before = await booked();
    await writer.write(command, patience());
    expect(await writer.withdraw(command, patience())).toBe('withdrawn');
    expect(await writer.withdraw(command, patience())).toBe('withdrawn');
    expect(await writer.lookup(command, patience())).toBeUndefined();
    await takeUp();
    expect(await booked()).toBe(before);
    await writer.write(command, patience()); // A person has changed their mind.
    await takeUp();
    expect(await writer.withdraw(command, patience())).toBe('taken');
    expect(await booked()).toBe(before + 1);
  });
}

/** Of systems that take several commands as one request, and answer at once. */
function describeTogether(connect: () => Promise<WriterBench>): void {
  test('several that go out as one are each booked once, and found by their own reference', async () => {
    const { writer, together, booked } = await connect();
    if (together === undefined) return;
    const before = await booked();
    const answer = await writer.many?.write(together.good, patience());
    expect(answer).toHaveProperty('each');
    const each = answer !== undefined && 'each' in answer ? answer.each : [];
    expect(each.map(({ outcome }) => outcome)).toEqual(together.good.map(() => 'accepted'));
    for (const [at, command] of together.good.entries()) {
      const outcome = each[at];
      const key = outcome?.outcome === 'accepted' ? outcome.key : undefined;
      expect(await writer.lookup(command, patience())).toMatchObject({ key });
    }
    expect(await booked()).toBe(before + together.good.length);
  });

  test('of several that go out as one, the bad one is refused alone, or nothing is booked', async () => {
    const { writer, together, booked } = await connect();
    if (together === undefined) return;
    const before = await booked();
    const answer = await writer.many?.write([...together.good, together.refused], patience());
    const each = answer !== undefined && 'each' in answer ? answer.each : [];
    const alone = each.length > 0;
    expect(each.at(-1)?.outcome ?? 'rejected').toBe('rejected');
    expect(answer).toMatchObject(alone ? {} : { all: { outcome: 'rejected' } });
    expect(await booked()).toBe(before + (alone ? together.good.length : 0));
    expect(await writer.lookup(together.refused, patience())).toBeUndefined();
  });

  test('a batch that is stopped before it begins is not sent, and does not throw', async () => {
    const { writer, together, booked } = await connect();
    if (together === undefined) return;
    const before = await booked();
    const answer = await writer.many?.write(together.good, AbortSignal.abort());
    const each = answer !== undefined && 'all' in answer ? [answer.all] : (answer?.each ?? []);
    expect(each.map(({ outcome }) => outcome)).not.toContain('accepted');
    expect(await booked()).toBe(before);
  });
}

/** What comes of a command in the end: of one that is handed over, what the other side says of it. */
async function comesOf({ writer, takeUp }: WriterBench, command: Command): Promise<WriteOutcome> {
  const outcome = await writer.write(command, patience());
  if (takeUp === undefined || outcome.outcome !== 'handed-over') return outcome;
  await takeUp();
  const seen = await writer.lookup(command, patience());
  if (seen === undefined) return { outcome: 'uncertain', reason: 'it is not there any more' };
  if ('waiting' in seen) return { outcome: 'uncertain', reason: 'it was not taken up' };
  return 'refused' in seen
    ? { outcome: 'rejected', ...seen.refused }
    : { outcome: 'accepted', ...seen };
}
