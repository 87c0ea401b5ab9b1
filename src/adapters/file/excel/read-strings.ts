import type { FileLimits } from '../limits.ts';
import { parsePlainXml } from '../xml/parse.ts';
import type { Archive } from './archive.ts';
import { openStrings } from './strings.ts';
import type { Strings } from './strings.ts';

/** Reads the texts that a workbook's cells share. Whoever calls closes them. */
export async function readStrings(
  archive: Archive,
  part: string | undefined,
  { limits, stop }: { readonly limits: FileLimits; readonly stop: AbortSignal },
): Promise<Strings> {
  const strings = openStrings();
  if (part === undefined) return strings;
  let text = '';
  let phonetic = 0; // How to read a text aloud is no part of it.
  let inText = false;
  const events = {
    open(name: string) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic += 1;
      inText = name === 't' && phonetic === 0;
    },
    text(more: string) {
      if (inText) text += more;
    },
    close(name: string) {
      inText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name === 'si') strings.add(unescaped(text));
    },
  };
  try {
    for await (const _ of parsePlainXml(archive.bytes(part), limits, events)) stop.throwIfAborted();
    return strings;
  } catch (error) {
    strings.close();
    throw error;
  }
}

/** Characters that XML cannot hold are written '_x000D_', and such a text itself '_x005F_x000D_'. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
