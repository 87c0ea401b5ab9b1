import { say } from '../sentences.ts';
import { SaxesParser } from 'saxes';
import type { FileLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { decodeXml } from './decode.ts';

/** An element's name and where it belongs. `uri` is empty where it belongs nowhere. */
export type Name = { readonly local: string; readonly uri: string };
export type Attribute = Name & { readonly value: string };

/** What is told of an XML file, in its order. */
export type XmlEvents = {
  open(name: Name, attributes: readonly Attribute[]): void;
  text(text: string): void;
  close(): void;
};

/** The same without namespaces, quicker: names as written, less their prefix. */
export type PlainEvents = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
};

/** Where a parser is, for people. */
export type Position = { readonly line: number; readonly column: number };

type Limits = Pick<FileLimits, 'depthMax' | 'recordBytesMax'>;

/** Holds a parser to its limits. */
type Guard = {
  depth: number;
  pending: number; // Characters since anything was told.
  /** Tells that an element closed. The parser says so before it looks whether it should have. */
  settle(): void;
  closing: string | undefined;
};
type Fed = Position & { write(text: string): void; close(): void };

/** Tells an XML file with its namespaces. Yields after each stretch of it. */
export function parseXml(
  bytes: AsyncIterable<Buffer>,
  limits: Limits,
  make: (position: Position) => XmlEvents,
): AsyncGenerator<undefined> {
  const parser = new SaxesParser({ xmlns: true });
  const events = make(parser);
  const guard = guardOf(() => events.close());
  parser.on('text', (text) => events.text(checked(text, guard, limits)));
  parser.on('cdata', (text) => events.text(checked(text, guard, limits)));
  parser.on('opentag', ({ local, uri, attributes }) => {
    enter(guard, limits);
    events.open({ local, uri }, Object.values(attributes));
  });
  parser.on('closetag', ({ name }) => leave(guard, name));
  parser.on('doctype', refuseType);
  parser.on('error', refuse);
  return feed(parser, bytes, guard, limits);
}

/** Tells an XML file by names as written. Yields after each stretch of it. */
export function parsePlainXml(
  bytes: AsyncIterable<Buffer>,
  limits: Limits,
  events: PlainEvents,
): AsyncGenerator<undefined> {
  const parser = new SaxesParser();
  const guard = guardOf((name) => events.close(localOf(name)));
  parser.on('text', (text) => events.text(checked(text, guard, limits)));
  parser.on('cdata', (text) => events.text(checked(text, guard, limits)));
  parser.on('opentag', ({ name, attributes }) => {
    enter(guard, limits);
    events.open(localOf(name), attributes);
  });
  parser.on('closetag', ({ name }) => leave(guard, name));
  parser.on('doctype', refuseType);
  parser.on('error', refuse);
  return feed(parser, bytes, guard, limits);
}

function guardOf(close: (name: string) => void): Guard {
  return {
    depth: 0,
    pending: 0,
    closing: undefined,
    settle() {
      if (this.closing === undefined) return;
      const name = this.closing;
      this.closing = undefined;
      close(name);
    },
  };
}

function enter(guard: Guard, { depthMax }: Limits): void {
  guard.settle();
  guard.pending = 0;
  guard.depth += 1;
  if (guard.depth > depthMax) throw new Unreadable(say('too-deep', { most: depthMax }));
}

function leave(guard: Guard, name: string): void {
  guard.settle();
  guard.pending = 0;
  guard.depth -= 1;
  guard.closing = name;
}

function checked(text: string, guard: Guard, limits: Limits): string {
  guard.settle();
  guard.pending = 0;
  if (text.length > limits.recordBytesMax) throw tooLong(limits);
  return text;
}

async function* feed(
  parser: Fed,
  bytes: AsyncIterable<Buffer>,
  guard: Guard,
  limits: Limits,
): AsyncGenerator<undefined> {
  for await (const text of decodeXml(bytes)) {
    guard.pending += text.length;
    parser.write(text);
    guard.settle();
    // What is written at once may end with a text that has only begun.
    if (guard.pending > limits.recordBytesMax + text.length) throw tooLong(limits);
    yield;
  }
  parser.close();
  yield;
}

/** An entity that a document declares could stand for anything: so none may declare any. */
function refuseType(): never {
  throw new Unreadable(say('declares-type', {}));
}

function refuse(error: Error): never {
  throw new Unreadable(say('not-well-formed', { why: error.message }));
}

const tooLong = ({ recordBytesMax }: Limits): Unreadable =>
  new Unreadable(say('text-too-long', { most: recordBytesMax }));

const localOf = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};
