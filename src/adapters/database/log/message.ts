/** What the server's log says, one message at a time. Columns of a row are text, or nothing. */
export type LogMessage =
  | { readonly kind: 'begin'; readonly commitLsn: bigint; readonly transaction: number }
  | { readonly kind: 'commit' }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | {
      readonly kind: 'row';
      readonly relation: number;
      readonly before?: Tuple; // Of a changed or deleted row: what its replica identity keeps.
      readonly after?: Tuple;
    }
  | { readonly kind: 'truncate'; readonly relations: readonly number[] }
  | { readonly kind: 'mark'; readonly lsn: bigint; readonly prefix: string; readonly text: string }
  | { readonly kind: 'other' };

/** A table as it was when the rows that follow were written. */
export type Relation = {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
};

/** The columns of a row. Undefined: it was not written down, since it did not change. */
export type Tuple = readonly (string | null | undefined)[];

/** Reads one message of `pgoutput`, version 1 of its protocol. */
export function readMessage(bytes: Buffer): LogMessage {
  const reader = new Reader(bytes);
  switch (reader.letter()) {
    case 'B': {
      const commitLsn = reader.int64();
      reader.int64(); // When it was committed.
      return { kind: 'begin', commitLsn, transaction: reader.uint32() };
    }
    case 'C':
      return { kind: 'commit' };
    case 'R':
      return { kind: 'relation', relation: relationOf(reader) };
    case 'I': {
      const relation = reader.uint32();
      reader.letter();
      return { kind: 'row', relation, after: tupleOf(reader) };
    }
    case 'U': {
      const relation = reader.uint32();
      const first = reader.letter();
      if (first === 'N') return { kind: 'row', relation, after: tupleOf(reader) };
      const before = tupleOf(reader);
      reader.letter();
      return { kind: 'row', relation, before, after: tupleOf(reader) };
    }
    case 'D': {
      const relation = reader.uint32();
      reader.letter();
      return { kind: 'row', relation, before: tupleOf(reader) };
    }
    case 'T': {
      const count = reader.uint32();
      reader.letter(); // Its options.
      return { kind: 'truncate', relations: Array.from({ length: count }, () => reader.uint32()) };
    }
    case 'M': {
      reader.letter(); // Its flags.
      const lsn = reader.int64();
      const prefix = reader.text();
      return { kind: 'mark', lsn, prefix, text: reader.sized() };
    }
    default:
      return { kind: 'other' }; // Types, origins: nothing that we need.
  }
}

function relationOf(reader: Reader): Relation {
  const id = reader.uint32();
  const schema = reader.text() || 'pg_catalog';
  const name = reader.text();
  reader.letter(); // Its replica identity.
  const count = reader.uint16();
  const columns = Array.from({ length: count }, () => {
    reader.letter(); // Whether it is part of the identity.
    const column = reader.text();
    reader.uint32();
    reader.uint32();
    return column;
  });
  return { id, schema, name, columns };
}

function tupleOf(reader: Reader): Tuple {
  return Array.from({ length: reader.uint16() }, () => {
    const kind = reader.letter();
    if (kind === 'n') return null;
    return kind === 'u' ? undefined : reader.sized();
  });
}

/** Reads what PostgreSQL writes: big end first, text up to a zero byte. */
class Reader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  letter(): string {
    this.at += 1;
    return String.fromCharCode(this.bytes.readUInt8(this.at - 1));
  }

  uint16(): number {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  uint32(): number {
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  int64(): bigint {
    this.at += 8;
    return this.bytes.readBigUInt64BE(this.at - 8);
  }

  text(): string {
    const end = this.bytes.indexOf(0, this.at);
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }

  sized(): string {
    const size = this.uint32();
    this.at += size;
    return this.bytes.toString('utf8', this.at - size, this.at);
  }
}
