/** The two ways a command goes: something new that is taken through its states, or a change. */
import type { Command, Operation } from '#adapter-kit';
import type { Json } from '#kernel';
import type { WriteCall } from '../rpc.ts';
import type { Desk } from './desk.ts';

/** Something booked in Tryton, as far as it has come. */
export type Standing = {
  readonly record: string; // Its id in its model.
  readonly key: string; // The key it is read by; another record's where that is what was meant.
  readonly state: string;
  readonly version: string;
  readonly number?: string;
};

/**
 * Makes something new. It is begun by one call, which keeps our reference; only then is it taken
 * on, state by state. What broke off half-way is found by the reference and taken on from there.
 */
export type Creation = {
  readonly flow: 'creation';
  readonly operation: Operation;
  readonly model: string;
  find(desk: Desk, command: Command): Promise<Standing | undefined>;
  /** The one call that begins it. Fails with CannotBook before anything is sent. */
  begin(desk: Desk, command: Command): Promise<WriteCall>;
  /** The methods that take it on, by the state it is in; none: it is what was asked for. */
  next(state: string, command: Command): string | undefined;
  /** Looks at what was begun before it is taken on; a text says why it must not be. */
  check?(desk: Desk, command: Command, standing: Standing): Promise<string | undefined>;
  /** Takes back what was begun, when it cannot go on. Fails when it cannot be taken back. */
  undo(desk: Desk, standing: Standing, command: Command): Promise<void>;
};

/** Changes something that is there, in one call that is refused when it has moved on. */
export type Alteration = {
  readonly flow: 'alteration';
  readonly operation: Operation;
  readonly model: string;
  /** The target now, and whether it already is as the command wants it. */
  look(desk: Desk, command: Command): Promise<Looked | undefined>;
  call(desk: Desk, command: Command, looked: Looked): Promise<WriteCall>;
  /** As of a creation, for a change of several calls. */
  next?(state: string, command: Command): string | undefined;
};

export type Looked = Standing & {
  readonly asWanted: boolean;
  readonly begun?: boolean; // Our own first call is seen: its new version is no one else's.
};

export type CommandFlow = Creation | Alteration;

/** What a person sees before: the model, the method that begins it, and what it carries. */
export const previewOf = (flow: CommandFlow, command: Command): Json => ({
  model: flow.model,
  method: flow.flow === 'creation' ? 'create' : 'write',
  reference: command.reference,
  content: command.payload,
  ...(command.target === undefined ? {} : { target: { ...command.target } }),
});
