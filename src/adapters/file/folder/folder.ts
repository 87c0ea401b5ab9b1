import type { ConnectionCheck } from '#adapter-kit';

/** What a file looks like from outside. */
export type Look = {
  readonly size: number;
  readonly changedMs: number; // Milliseconds since 1970 UTC, by the clock of whoever keeps it.
  readonly edition: string; // Changes whenever someone writes to the file or replaces it.
};

/** A file held open for reading, with what it looked like when opened. */
export type OpenFile = Look & {
  /** Reads up to `length` bytes from `offset`; fewer than asked for only at the end of the file. */
  read(into: Buffer, at: number, length: number, offset: number): Promise<number>;
  /** Looks at it again. Undefined: not a regular file any more. */
  look(): Promise<Look | undefined>;
  close(): Promise<void>;
};

/** A regular file in a folder. */
export type Entry = Look & { readonly name: string };

/**
 * A folder of files, wherever it is kept. Names are relative to it, parts joined by '/', and
 * nothing outside it is ever reached, by name or by link.
 */
export type Folder = {
  /** Undefined: it is not there. */
  open(file: string): Promise<OpenFile | undefined>;
  look(file: string): Promise<Look | undefined>;
  /** The regular files directly under a folder inside this one, by name; none when it is not there. */
  list(under: string): Promise<readonly Entry[]>;
  /** Writes a new file and makes sure it is on disk. Fails with `file.already-there`. */
  put(file: string, content: Buffer): Promise<void>;
  /** In one step: whoever looks sees it under the one name or under the other. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing when it is not there. */
  remove(file: string): Promise<void>;
  /** Makes a folder inside this one unless it is there. */
  make(under: string): Promise<void>;
  close(): Promise<void>;
};

/** How to get to a folder. */
export type FolderSource = {
  readonly shown: string; // For a person: where it is.
  /** Whether `changedMs` is by the clock of this machine. */
  readonly sharesClock: boolean;
  open(stop: AbortSignal): Promise<Folder>;
  /** Calls when something stirs there, until what it answers is called. Absent: it cannot tell. */
  readonly watch?: (onStir: () => void) => () => void;
  /** Looks step by step whether it can be used. Answers, never throws. */
  check(stop: AbortSignal): Promise<readonly ConnectionCheck[]>;
};
