import { say } from '../sentences.ts';
import { Unreadable } from '../unreadable.ts';

type Decode = (bytes: Buffer | undefined) => string; // Undefined: the end.

const PROLOG_BYTES = 256;
/** As XML declares them, and as they are decoded. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'iso-8859-2': 'iso-8859-2',
  'iso-8859-15': 'iso-8859-15',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
};

/** The text of an XML file, in the encoding that its first bytes say. */
export async function* decodeXml(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held = Buffer.alloc(0);
  let decode: Decode | undefined;
  for await (const chunk of bytes) {
    if (decode === undefined) {
      held = Buffer.concat([held, chunk]);
      if (held.length < PROLOG_BYTES) continue;
      decode = decoderFor(held);
      yield decode(held);
    } else yield decode(chunk);
  }
  decode ??= decoderFor(held);
  if (held.length < PROLOG_BYTES) yield decode(held);
  yield decode(undefined);
}

function decoderFor(start: Buffer): Decode {
  const encoding = encodingOf(start);
  if (encoding === 'latin1') return (bytes) => bytes?.toString('latin1') ?? '';
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new Unreadable(say('bytes-not', { encoding }));
    }
  };
}

function encodingOf(start: Buffer): string {
  const mark = start.length < 2 ? 0 : start.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0x3c00) return 'utf-16le';
  if (mark === 0xfeff || mark === 0x003c) return 'utf-16be';
  const prolog = start.toString('latin1', 0, PROLOG_BYTES);
  const stated = /^(?:\u00EF\u00BB\u00BF)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(
    prolog,
  );
  const encoding = ENCODINGS[(stated?.[1] ?? 'utf-8').toLowerCase()];
  if (encoding !== undefined) return encoding;
  throw new Unreadable(say('unknown-encoding', { encoding: stated?.[1] ?? '' }));
}
