/** Thrown while a file is read when nothing after this place can be read. Becomes a problem. */
export class Unreadable extends Error {
  readonly column: string | undefined;

  constructor(reason: string, column?: string) {
    super(reason);
    this.column = column;
  }
}
