import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import type { HostState } from './http/line.ts';
import type { Arrivals } from './arrivals.ts';
import type { KeptLog } from './kept-log.ts';
import type { Operation } from './operation.ts';
import type { ConnectionCheck } from './connection-check.ts';
import type { Cursor, EntityState, RowsPage } from './row.ts';
import type { DocumentsPage, PullFrom, SourceDocument } from './source-document.ts';
import type { Command, Found, Refused, Waiting, WriteOutcome } from './write.ts';

/** One source system behind one face. Places, retries and pacing of writes belong to sync. */
export type Adapter = RowAdapter | DocumentAdapter;

/** What every adapter has, whatever it reads. */
export type Connected = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Looks whether the source can be used as configured. Every check answers, none throws. */
  test(stop: AbortSignal): Promise<readonly ConnectionCheck[]>;
  readonly writer?: Writer; // Absent: it can only be read.
  /** How its hosts are doing, as far as it has learned. */
  hosts?(): readonly HostState[];
  readonly arrivals?: Arrivals; // Absent: it is read when asked to, or by the clock.
};

/** A source of rows that sync has to join: files, tables. Always read whole. */
export type RowAdapter = Connected & {
  /** Says of each entity whether it is there, at rest, and the same as last time. */
  survey(stop: AbortSignal): Promise<readonly EntityState[]>;
  /** Yields pages in source order after a cursor, or from the start. Replay is harmless. */
  read(entity: string, after: Cursor | undefined, stop: AbortSignal): AsyncIterable<RowsPage>;
};

/** A source of whole documents, read page by page. */
export type DocumentAdapter = Connected & {
  /**
   * Yields pages. A snapshot that runs to its last page has yielded every document that was there
   * all the while; one resumed from a page's `next` yields the rest. A repeat is harmless.
   */
  pull(entity: string, from: PullFrom, stop: AbortSignal): AsyncIterable<DocumentsPage>;
  /** Reads one document as it is now; undefined: the source says there is none. */
  fetch(entity: string, key: string, stop: AbortSignal): Promise<SourceDocument | undefined>;
  /**
   * Waits until something has changed beyond one of these places of entities, and says of which.
   * Absent: the source tells nothing by itself.
   */
  follow?(places: ReadonlyMap<string, Cursor>, stop: AbortSignal): Promise<readonly string[]>;
  /** How far it is behind a log that its source keeps for it. Absent: none keeps any. */
  behind?(stop: AbortSignal): Promise<readonly KeptLog[]>;
  /** Takes away what it has made in the source for itself; the source is to be forgotten. */
  release?(stop: AbortSignal): Promise<void>;
};

/** How a system is written to. Only postings calls it: an adapter never repeats a write itself. */
export type Writer = {
  /** Sends one command, once. Never throws: what cannot be told is `uncertain`. */
  write(command: Command, stop: AbortSignal): Promise<WriteOutcome>;
  /**
   * Looks by our own reference whether a command has been booked. Answers only from the system
   * itself; when it cannot be asked, it throws, which means "not known", never "not there". Of what
   * was handed over it says whether it waits or was refused; handed over again under the same
   * reference, it waits again, whatever was said of it before.
   */
  lookup(command: Command, stop: AbortSignal): Promise<Found | Waiting | Refused | undefined>;
  /**
   * Where the system fetches what is written, and `lookup` finds nothing: since when it is certain that
   * nothing under this reference was laid down for it. Undefined: that cannot be told. Absent: never.
   */
  unlaidSince?(command: Command, stop: AbortSignal): Promise<Instant | undefined>;
  /**
   * Takes back what was handed over. 'withdrawn': the system certainly never takes it up, however
   * often this is asked; then `lookup` finds nothing. 'taken': it is too late, or cannot be told.
   * What was handed over as one may be taken back as one. Throws when it cannot be asked.
   */
  withdraw?(command: Command, stop: AbortSignal): Promise<'withdrawn' | 'taken'>;
  /** What would be sent, for a person to look at before. Sends nothing. */
  preview(command: Command): Json;
  /** Absent: the system takes one command at a time. */
  readonly many?: BatchWriter;
};

/** How several commands of one operation, none with a target, go out as one request. */
export type BatchWriter = {
  readonly commandsMax: number;
  /** Where operations differ: how many of each. One that is not named goes out by itself. */
  readonly operations?: Readonly<Partial<Record<Operation, number>>>;
  /** Sends them once. Never throws. `all`: one answer for the whole, so a refusal booked nothing. */
  write(
    commands: readonly Command[],
    stop: AbortSignal,
  ): Promise<{ readonly each: readonly WriteOutcome[] } | { readonly all: WriteOutcome }>;
};

/** What a source can do, as data: sync plans by it, and the contract tests hold it to it. */
export type Capabilities = {
  readonly reads: Readonly<Partial<Record<string, 'snapshot' | 'incremental'>>>; // By entity.
  readonly writes: readonly Operation[];
  readonly deletions: 'reported' | 'found-by-snapshot' | 'invisible';
  readonly handsOver?: true; // What is written is handed over: it is fetched, and answered later.
  readonly isOurs?: true; // What its documents look like is our own code's doing: it does not drift.
  readonly patience?: Patience; // Where it is to be other than with most systems.
};

/** How patient its postings are to be, unless a person says otherwise. */
export type Patience = {
  readonly sendMsMax?: number; // One request that writes.
  readonly settleMs?: number; // How late it may still book what it never answered.
  readonly lookMs?: number; // How soon to look at what was handed over.
};
