import { because } from '#kernel';
import type { Sentence } from '#kernel';
import { say } from '../sentences.ts';
import { bytesOf } from '../bytes.ts';
import type { OpenFile } from '../folder/folder.ts';
import type { Item, ReadContext } from '../in-pages.ts';
import type { XmlLayout } from '../entity-layout.ts';
import type { Shape } from '../shape.ts';
import { Unreadable } from '../unreadable.ts';
import { collector, nothingCollected } from './collect.ts';
import type { Collected } from './collect.ts';
import { parseXml } from './parse.ts';

const SAMPLE_RECORDS = 1000;
const SAMPLE_STRETCHES = 32; // Some 8 MiB.

/** The repeated elements of a file, a batch for each stretch of it. */
export async function* readXml(
  file: OpenFile,
  layout: XmlLayout,
  { limits }: Pick<ReadContext, 'limits'>,
): AsyncGenerator<readonly Item[]> {
  const found = nothingCollected(layout);
  try {
    for await (const _ of telling(file, layout, limits, found)) {
      const { items } = found;
      found.items = [];
      yield items;
    }
  } catch (error) {
    yield found.items; // What came before the fault is not lost.
    throw error;
  }
  if (!found.parentSeen) throw new Unreadable(whyNone(layout, found));
}

/** Looks at the first elements: whether they are there, and have every column between them. */
export async function readXmlShape(
  file: OpenFile,
  layout: XmlLayout,
  { limits }: Pick<ReadContext, 'limits'>,
): Promise<Shape> {
  const found = nothingCollected(layout);
  let ended = true;
  try {
    let stretches = 0;
    for await (const _ of telling(file, layout, limits, found)) {
      found.items = [];
      stretches += 1;
      ended = found.records < SAMPLE_RECORDS && stretches < SAMPLE_STRETCHES;
      if (!ended) break;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, ...error.why };
  }
  if (ended && !found.parentSeen) return { ok: false, ...because(whyNone(layout, found)) };
  const { columns, optional = [] } = layout;
  const missing = columns.find((name, at) => found.used[at] === false && !optional.includes(name));
  if (missing === undefined || found.records === 0) return { ok: true, columns };
  const path = layout.paths?.[missing] ?? missing;
  const of = { path, count: found.records, records: layout.records, column: missing };
  return { ok: false, column: missing, ...because(say('path-missing', of)) };
}

const telling = (
  file: OpenFile,
  layout: XmlLayout,
  limits: ReadContext['limits'],
  found: Collected,
): AsyncGenerator<undefined> =>
  parseXml(bytesOf(file, 0, file.size), limits, collector(layout, found));

const whyNone = ({ records }: XmlLayout, { rootName }: Collected): Sentence =>
  say('no-parent-element', {
    parent: records.split('/').slice(0, -1).join('/'),
    records,
    root: rootName ?? '',
  });
