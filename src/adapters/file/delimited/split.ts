import type { Sentence } from '#kernel';
import type { DelimitedLayout } from '../entity-layout.ts';
import { say } from '../sentences.ts';

/** One record cut out of a text: where it ends, and its columns or why it has none. */
export type Cut = {
  readonly end: number; // Of the next record's first character.
  readonly lines: number; // Physical lines it took.
  readonly values?: readonly (string | null)[];
  readonly wrong?: Sentence;
};

/** Cuts the record that begins at `start`. Undefined: the text ends before the record does. */
export type Splitter = (text: string, start: number) => Cut | undefined;

/** Chooses how a file's records are cut. An empty unquoted column is null. */
export function splitterFor(layout: DelimitedLayout): Splitter {
  if (layout.quote !== undefined) return quotedSplitter(layout.delimiter, layout.quote);
  return plainSplitter(layout.delimiter, layout.recordTerminator);
}

function plainSplitter(delimiter: string, given: string | undefined): Splitter {
  const terminator = given ?? '\n';
  return (text, start) => {
    const at = text.indexOf(terminator, start);
    if (at === -1) return undefined;
    const stop = given === undefined && text[at - 1] === '\r' && at > start ? at - 1 : at;
    const record = text.slice(start, stop);
    const end = at + terminator.length;
    const lines = given === undefined ? 1 : newlines(text, start, end);
    return { end, lines, values: plainColumns(record, delimiter) };
  };
}

function plainColumns(record: string, delimiter: string): (string | null)[] {
  const values: (string | null)[] = record.split(delimiter);
  for (let at = 0; at < values.length; at += 1) if (values[at] === '') values[at] = null;
  return values;
}

/** RFC 4180: a quote opens a column only as its first character, and is doubled inside. */
function quotedSplitter(delimiter: string, quote: string): Splitter {
  return (text, start) => {
    const lineEnd = text.indexOf('\n', start);
    if (lineEnd === -1) return undefined;
    const stop = text[lineEnd - 1] === '\r' && lineEnd > start ? lineEnd - 1 : lineEnd;
    const line = text.slice(start, stop);
    if (!line.includes(quote)) {
      return { end: lineEnd + 1, lines: 1, values: plainColumns(line, delimiter) };
    }
    return quotedRecord(text, start, delimiter, quote);
  };
}

function quotedRecord(
  text: string,
  start: number,
  delimiter: string,
  quote: string,
): Cut | undefined {
  const values: (string | null)[] = [];
  let at = start;
  for (;;) {
    const column =
      text[at] === quote ? quotedColumn(text, at, quote) : plainColumn(text, at, delimiter);
    if (column === undefined) return undefined;
    values.push(column.value);
    at = column.end;
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    if (at >= text.length) return undefined;
    if (text[at] === '\n') {
      return { end: at + 1, lines: newlines(text, start, at + 1), values };
    }
    // Only the line itself is given up, so that one stray quote does not take others with it.
    const wrong = say('after-quote', { column: values.length });
    return { end: text.indexOf('\n', start) + 1, lines: 1, wrong };
  }
}

function quotedColumn(
  text: string,
  start: number,
  quote: string,
): { value: string; end: number } | undefined {
  let from = start + 1;
  let value = '';
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close === -1) return undefined;
    value += text.slice(from, close);
    if (text[close + 1] !== quote) return { value, end: close + 1 };
    value += quote;
    from = close + 2;
  }
}

function plainColumn(
  text: string,
  start: number,
  delimiter: string,
): { value: string | null; end: number } | undefined {
  const newline = text.indexOf('\n', start);
  if (newline === -1) return undefined;
  const lineEnd = text[newline - 1] === '\r' && newline > start ? newline - 1 : newline;
  const next = text.indexOf(delimiter, start);
  const end = next === -1 || next > lineEnd ? lineEnd : next;
  return { value: end === start ? null : text.slice(start, end), end };
}

function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
