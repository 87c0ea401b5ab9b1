import type { Command, Found, Writer, WriteOutcome } from '#adapter-kit';
import { assert, describeError, RialtoError } from '#kernel';
import type { Json } from '#kernel';
import { CannotBook } from './commands/desk.ts';
import type { Desk } from './commands/desk.ts';
import { previewOf } from './commands/flow.ts';
import type { Alteration, CommandFlow, Creation, Standing } from './commands/flow.ts';
import { COMMANDS } from './commands.ts';
import type { Refusal } from './refusal.ts';
import type { Rpc, WriteCall } from './rpc.ts';
import type { TrytonSettings } from './settings.ts';
import { id } from './wire.ts';

const STEPS_MAX = 8; // No document of Tryton's has as many states.

/** Writes to a Tryton. Everything is first looked for by our reference, so nothing is begun twice. */
export function createWriter(rpc: Rpc, settings: TrytonSettings): Writer {
  return {
    async write(command, stop) {
      const flow = flowOf(command);
      if (flow === undefined) {
        return rejected('unsupported', `Tryton is not asked to ${command.operation} here`);
      }
      const attempt: Attempt = { desk: { rpc, settings, stop }, command, came: 'ready' };
      try {
        stop.throwIfAborted();
        return flow.flow === 'creation' ? await create(attempt, flow) : await alter(attempt, flow);
      } catch (error) {
        return outcomeOf(error, attempt);
      }
    },
    async lookup(command, stop) {
      const flow = flowOf(command);
      if (flow === undefined) return undefined;
      const desk = { rpc, settings, stop };
      if (flow.flow === 'creation') {
        const standing = await flow.find(desk, command);
        const unfinished = standing !== undefined && flow.next(standing.state, command);
        return standing === undefined || unfinished !== undefined ? undefined : found(standing);
      }
      const looked = await flow.look(desk, command);
      if (looked === undefined || !looked.asWanted) return undefined;
      return flow.next?.(looked.state, command) === undefined ? found(looked) : undefined;
    },
    preview(command): Json {
      const flow = flowOf(command);
      return flow === undefined ? { unsupported: command.operation } : previewOf(flow, command);
    },
  };
}

type Attempt = {
  readonly desk: Desk;
  readonly command: Command;
  came: 'ready' | 'sending' | 'booked'; // Booked: a call has changed Tryton; a failure leaves a part.
};

const flowOf = ({ operation }: Command): CommandFlow | undefined =>
  COMMANDS.find((flow) => flow.operation === operation);

async function create(attempt: Attempt, flow: Creation): Promise<WriteOutcome> {
  const { desk, command } = attempt;
  let standing = await flow.find(desk, command);
  if (standing === undefined) {
    const refusal = await send(attempt, await flow.begin(desk, command));
    if (refusal?.why === 'conflict') return rejected('unavailable', refusal.reason); // Look again.
    if (refusal !== undefined) return refused(refusal);
    standing = await flow.find(desk, command);
    assert(standing !== undefined, 'what was created is found by its reference');
  }
  const against = await flow.check?.(desk, command, standing);
  if (against !== undefined) return takeBack(attempt, flow, standing, invalid(against));
  return takeOn(attempt, flow, standing, () => flow.find(desk, command));
}

async function alter(attempt: Attempt, flow: Alteration): Promise<WriteOutcome> {
  const { desk, command } = attempt;
  const looked = await flow.look(desk, command);
  if (looked === undefined) return rejected('not-found', `there is no '${command.target?.key}'`);
  if (!looked.asWanted) {
    const { version } = command.target ?? {};
    if (version !== undefined && version !== looked.version && looked.begun !== true) {
      return rejected('conflict', 'It was changed in Tryton since it was last read.');
    }
    const call = await flow.call(desk, command, looked);
    const seen = [{ model: flow.model, key: looked.record, version: looked.version }];
    const refusal = await send(attempt, { ...call, seen });
    if (refusal !== undefined) return refused(refusal);
  }
  const again = (): Promise<Standing | undefined> => flow.look(desk, command);
  const standing = looked.asWanted ? looked : await again();
  assert(standing !== undefined, 'what was changed is still there');
  return takeOn(attempt, flow, standing, again);
}

/** Calls one method after the other until the document is in the state that was asked for. */
async function takeOn(
  attempt: Attempt,
  flow: CommandFlow,
  begun: Standing,
  again: () => Promise<Standing | undefined>,
): Promise<WriteOutcome> {
  const { command } = attempt;
  let standing = begun;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const method = flow.next?.(standing.state, command);
    if (method === undefined) return { outcome: 'accepted', ...found(standing) };
    const params = [[id(standing.record)]];
    const no = await send(attempt, { model: flow.model, method, params });
    const now = await again();
    if (now === undefined) return uncertain(`it is gone from Tryton after ${method}`);
    // A refused call may have been booked, where only what it set off has failed; and one that is
    // not refused may have come to nothing, such as taking from stock what is not there.
    if (now.state === standing.state) {
      const refusal = no ?? invalid(`Tryton leaves it ${now.state}: is there enough stock?`);
      if (flow.flow === 'creation') return takeBack(attempt, flow, now, refusal);
      return uncertain(`changed, but ${method} was refused: ${refusal.reason}`);
    }
    standing = now;
  }
  return uncertain(`it stays ${standing.state} in Tryton`);
}

/** What cannot go on is taken back, so that "rejected" is true. */
async function takeBack(
  { desk, command }: Attempt,
  flow: Creation,
  standing: Standing,
  refusal: Refusal,
): Promise<WriteOutcome> {
  try {
    await flow.undo(desk, standing, command);
  } catch (error) {
    const left = `${flow.model} ${standing.record} stays ${standing.state}`;
    return uncertain(`${refusal.reason} And ${left}: ${describeError(error)}`);
  }
  return refused(refusal);
}

async function send(attempt: Attempt, call: WriteCall): Promise<Refusal | undefined> {
  const { rpc, stop } = attempt.desk;
  if (attempt.came === 'ready') attempt.came = 'sending';
  const written = await rpc.write(call, stop);
  if (!written.ok) return written.refusal;
  attempt.came = 'booked';
  return undefined;
}

const found = ({ key, version, state, number }: Standing): Found => ({
  key,
  ...(version === '' ? {} : { version }),
  detail: { state, ...(number === undefined || number === '' ? {} : { number }) },
});

type Rejected = Extract<WriteOutcome, { outcome: 'rejected' }>;

const rejected = (why: Rejected['why'], reason: string): WriteOutcome => ({
  outcome: 'rejected',
  why,
  code: 'none',
  reason,
});

const refused = ({ why, code, reason }: Refusal): WriteOutcome => ({
  outcome: 'rejected',
  why,
  code,
  reason,
});

const invalid = (reason: string): Refusal => ({ why: 'invalid', code: 'none', reason });

const uncertain = (reason: string): WriteOutcome => ({ outcome: 'uncertain', reason });

/** What a failure on the way means: nothing is said to be certain that is not. */
function outcomeOf(error: unknown, { came, desk }: Attempt): WriteOutcome {
  const reason = describeError(error);
  if (came === 'booked') return uncertain(`it broke off half-way: ${reason}`);
  if (error instanceof CannotBook) {
    const outcome = { outcome: 'rejected', why: error.why, code: 'none', reason } as const;
    return error.field === undefined ? outcome : { ...outcome, field: error.field };
  }
  if (desk.stop.aborted && !(error instanceof RialtoError)) {
    return rejected('unavailable', 'stopped before anything was sent');
  }
  if (!(error instanceof RialtoError)) {
    return came === 'ready' ? rejected('invalid', reason) : uncertain(reason);
  }
  switch (error.kind) {
    case 'unavailable':
      return rejected('unavailable', reason);
    case 'limited': {
      const { retryAfterMs } = error;
      const outcome = { outcome: 'rejected', why: 'limited', code: 'none', reason } as const;
      return retryAfterMs === undefined ? outcome : { ...outcome, retryAfterMs };
    }
    case 'forbidden':
    case 'unauthenticated':
      return rejected('forbidden', reason);
    case 'invalid':
    case 'not-found':
    case 'conflict':
      return rejected('invalid', reason);
    case 'bug':
      return came === 'ready' ? rejected('invalid', reason) : uncertain(reason);
    case 'uncertain':
      return uncertain(reason);
  }
}
