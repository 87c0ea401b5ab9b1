import { printExactJson } from '#adapter-kit';
import type { Command, Writer, WriteOutcome } from '#adapter-kit';
import type { Misfit } from '#adapter-kit/expression';
import { describeError, RialtoError } from '#kernel';
import type { Json } from '#kernel';
import { buildRows } from './build-rows.ts';
import type { Given, NewRow } from './build-rows.ts';
import { consistently, onSession } from './connection.ts';
import type { Connection, Line } from './connection.ts';
import { isDuplicate, isLost, serverCodeOf } from './errors.ts';
import { deleteRows, insertRows, misfitsOf, tablesOf } from './insert-rows.ts';
import type { Tables } from './insert-rows.ts';
import type { DatabaseOperation } from './profile/operation.ts';
import { standingOf } from './standing.ts';
import type { Standing } from './standing.ts';

/** Writes rows of one transaction, found again by our reference. */
export function writerOf(connection: Connection): Writer {
  const operationOf = ({ operation }: Command): DatabaseOperation | undefined =>
    Object.hasOwn(connection.profile.operations, operation)
      ? connection.profile.operations[operation]
      : undefined;
  return {
    async write(command, stop) {
      const operation = operationOf(command);
      if (operation === undefined) {
        const reason = `the profile '${connection.profile.name}' has no '${command.operation}'`;
        return rejected('unsupported', reason);
      }
      return await writeCommand(connection, operation, command, stop);
    },
    async lookup(command, stop) {
      const operation = operationOf(command);
      if (operation === undefined) return undefined; // What is lacking has booked nothing.
      const { reference } = command;
      return await onSession(connection, stop, async (line) => {
        const tables = await tablesOf(line, operation);
        const look = async () => await standingOf(line, operation, { tables, reference });
        return (await consistently(line, look)).said;
      });
    },
    async withdraw(command, stop) {
      const operation = operationOf(command);
      if (operation?.handOver === undefined) return 'taken';
      return await onSession(
        connection,
        stop,
        async (line) => await withdraw(line, operation, command.reference),
      );
    },
    preview(command) {
      const operation = operationOf(command);
      if (operation === undefined) return { unsupported: command.operation };
      const { rows, misfits } = buildRows(operation, command);
      if (misfits.length > 0) return { misfits: misfits.map((one) => ({ ...one })) };
      return { insert: rows.map(shown) };
    },
  };
}

/** Never throws. Before the commit is asked for, whatever fails has booked nothing. */
async function writeCommand(
  connection: Connection,
  operation: DatabaseOperation,
  command: Command,
  stop: AbortSignal,
): Promise<WriteOutcome> {
  const { rows, misfits } = buildRows(operation, command);
  if (misfits.length > 0) return unfit(misfits);
  const progress = { committing: false };
  try {
    return await onSession(connection, stop, async (line) => {
      const tables = await tablesOf(line, operation);
      const wrong = misfitsOf(tables, rows);
      if (wrong.length > 0) return unfit(wrong);
      await line.session.begin('write');
      try {
        return await attemptWrite(line, operation, { command, tables, rows, progress });
      } catch (error) {
        if (!progress.committing) await letGo(line);
        if (!isDuplicate(error)) throw error;
        // By somebody else's key, or by ours: then it was us, at the same time.
        const stands = await standingNow(line, operation, command.reference);
        if (stands === undefined) throw error;
        return stands;
      }
    });
  } catch (error) {
    return outcomeOf(error, progress.committing);
  }
}

/** What was begun and is not wanted; a line that is gone has let go by itself. */
const letGo = async ({ session }: Line): Promise<void> =>
  await session.rollback().catch(() => undefined);

async function standingNow(
  line: Line,
  operation: DatabaseOperation,
  reference: string,
): Promise<WriteOutcome | undefined> {
  const tables = await tablesOf(line, operation);
  const look = async () => await standingOf(line, operation, { tables, reference });
  return standsAs((await consistently(line, look)).said);
}

/** What is there already, as what came of writing it; undefined: nothing, or it was refused. */
function standsAs(said: Standing['said']): WriteOutcome | undefined {
  if (said === undefined || 'refused' in said) return undefined;
  return 'key' in said
    ? { outcome: 'accepted', ...said }
    : { outcome: 'handed-over', place: said.waiting };
}

type Attempt = {
  readonly command: Command;
  readonly tables: Tables;
  readonly rows: readonly NewRow[];
  readonly progress: { committing: boolean };
};

async function attemptWrite(
  line: Line,
  operation: DatabaseOperation,
  { command, tables, rows, progress }: Attempt,
): Promise<WriteOutcome> {
  const { reference } = command;
  const before = await standingOf(line, operation, { tables, reference, lock: true });
  const stands = standsAs(before.said);
  if (stands !== undefined) {
    await letGo(line);
    return stands;
  }
  if (before.header !== undefined) {
    await deleteRows(line, operation, { tables, header: before.header, reference });
  }
  await insertRows(line, operation, { tables, rows, reference });
  const after = await standingOf(line, operation, { tables, reference });
  progress.committing = true;
  await line.session.commit();
  return standsAs(after.said) ?? { outcome: 'handed-over', place: rows[0]?.table ?? '' };
}

async function withdraw(
  line: Line,
  operation: DatabaseOperation,
  reference: string,
): Promise<'withdrawn' | 'taken'> {
  const tables = await tablesOf(line, operation);
  await line.session.begin('write');
  try {
    const standing = await standingOf(line, operation, { tables, reference, lock: true });
    const { header, said, withdrawable } = standing;
    if (header === undefined) {
      await letGo(line);
      // Where rows vanish once they are taken up, that there is none tells nothing.
      return said === undefined && operation.handOver?.vanishes !== true ? 'withdrawn' : 'taken';
    }
    if (!withdrawable) {
      await letGo(line);
      return 'taken';
    }
    await deleteRows(line, operation, { tables, header, reference });
    await line.session.commit();
    return 'withdrawn';
  } catch (error) {
    await letGo(line);
    throw error;
  }
}

/** A commit that was answered with a no is certain; one that was not answered is not. */
function outcomeOf(error: unknown, committing: boolean): WriteOutcome {
  const reason = describeError(error);
  if (committing && !(error instanceof RialtoError && !isLost(error))) {
    return { outcome: 'uncertain', reason };
  }
  if (!(error instanceof RialtoError)) return rejected('unavailable', `not written: ${reason}`);
  const code = serverCodeOf(error);
  switch (error.kind) {
    case 'invalid':
    case 'conflict':
      return rejected('invalid', reason, code);
    case 'forbidden':
    case 'unauthenticated':
    case 'not-found':
      return rejected('forbidden', reason, code);
    case 'limited':
    case 'unavailable':
      return rejected('unavailable', reason, code);
    case 'uncertain':
    case 'bug':
      return { outcome: 'uncertain', reason };
  }
}

const rejected = (
  why: Extract<WriteOutcome, { outcome: 'rejected' }>['why'],
  reason: string,
  code = 'none',
): WriteOutcome => ({ outcome: 'rejected', why, code, reason });

const unfit = (misfits: readonly Misfit[]): WriteOutcome => ({
  ...rejected('invalid', misfits.map(({ field, reason }) => `${field} ${reason}`).join('; ')),
  ...(misfits[0] === undefined ? {} : { field: misfits[0].field }),
});

const shown = ({ table, columns }: NewRow): Json => ({
  table,
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, given]) => [name, shownValue(given)]),
  ),
});

function shownValue(given: Given): Json {
  if ('next' in given) return `the next of ${given.next}`;
  if ('header' in given) return `${given.header} of the header`;
  if ('now' in given) return 'the time it is written';
  return typeof given.value === 'string' ? given.value : printExactJson(given.value);
}
