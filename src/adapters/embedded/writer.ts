import type { Command, Found, Rejection, Writer, WriteOutcome } from '#adapter-kit';
import { describeError, RialtoError } from '#kernel';
import type { Json } from '#kernel';
import { CAPABILITIES } from './capabilities.ts';
import type { BookedAs, EmbeddedErp, ErpOutcome } from './port.ts';

/** Asks the ERP to book: it keeps our reference in the transaction that books, so once is once. */
export function writerOf(erp: EmbeddedErp): Writer {
  return {
    async write(command, stop) {
      if (!takes(command)) {
        return rejected('unsupported', `the embedded ERP is not asked to ${command.operation}`);
      }
      if (stop.aborted) return rejected('unavailable', 'stopped before anything was sent');
      try {
        return outcomeOf(await erp.book(command));
      } catch (error) {
        const passes = error instanceof RialtoError && error.kind === 'unavailable';
        return rejected(passes ? 'unavailable' : 'invalid', `not booked: ${describeError(error)}`);
      }
    },
    async lookup(command, stop) {
      stop.throwIfAborted();
      if (!takes(command)) return undefined;
      const as = await erp.bookedUnder(command);
      return as === undefined ? undefined : foundAs(as);
    },
    preview({ operation, reference, payload, target }): Json {
      return { operation, reference, payload, ...(target === undefined ? {} : { target }) };
    },
  };
}

const takes = ({ operation }: Command): boolean => CAPABILITIES.writes.includes(operation);

function outcomeOf(outcome: ErpOutcome): WriteOutcome {
  switch (outcome.kind) {
    case 'booked':
      return { outcome: 'accepted', ...foundAs(outcome.as) };
    case 'unsettled':
      return { outcome: 'uncertain', reason: outcome.why };
    case 'refused': {
      const { code, message, field } = outcome.problem;
      const no = { ...rejected(whyOf(code, field), message), code };
      return field === undefined ? no : { ...no, field };
    }
  }
}

function foundAs({ key, version, number, status }: BookedAs): Found {
  const detail = {
    ...(number === undefined ? {} : { number }),
    ...(status === undefined ? {} : { status }),
  };
  return { key, ...(version === undefined ? {} : { version }), detail };
}

/** What one should do next, by the ERP's own code. */
function whyOf(code: string, field: string | undefined): Rejection {
  const what = code.slice(code.indexOf('.') + 1);
  if (['version-conflict', 'moved-on', 'key-reused'].includes(what)) return 'conflict';
  if (field === 'id' && /^(unknown|no-such)-/.test(what)) return 'not-found';
  return what === 'four-eyes' ? 'forbidden' : 'invalid';
}

const rejected = (
  why: Rejection,
  reason: string,
): Extract<WriteOutcome, { outcome: 'rejected' }> => ({
  outcome: 'rejected',
  why,
  code: 'none',
  reason,
});
