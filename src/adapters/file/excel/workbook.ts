import { say } from '../sentences.ts';
import { posix } from 'node:path';
import type { FileLimits } from '../limits.ts';
import type { ExcelLayout } from '../entity-layout.ts';
import { Unreadable } from '../unreadable.ts';
import { parsePlainXml } from '../xml/parse.ts';
import type { PlainEvents } from '../xml/parse.ts';
import type { Archive } from './archive.ts';
import { builtInFormat, formatOfCode } from './date.ts';
import type { Temporal } from './date.ts';

/** What there is to know of a workbook before a sheet of it is read. */
export type Workbook = {
  readonly sheet: string; // Its part.
  readonly sharedStrings: string | undefined;
  readonly from1904: boolean; // Which day its dates count from.
  readonly temporal: readonly (Temporal | undefined)[]; // By style number.
};

type Related = ReadonlyMap<string, { readonly part: string; readonly type: string }>;
type Sheet = { readonly name: string; readonly relation: string };

/** Finds the sheet of a layout, and how its cells show dates. Fails with `Unreadable`. */
export async function openWorkbook(
  archive: Archive,
  layout: ExcelLayout,
  limits: FileLimits,
): Promise<Workbook> {
  const main = await relationsOf(archive, '', limits);
  const part =
    [...main.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw new Unreadable(say('binary-workbook', {}));
  const relations = await relationsOf(archive, part, limits);
  const { sheets, from1904 } = await sheetsOf(archive, part, limits);
  const ofType = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type }) => type === wanted)?.part;
  const styles = ofType('styles');
  return {
    sheet: sheetPart(sheets, relations, layout),
    sharedStrings: ofType('sharedStrings'),
    from1904,
    temporal: styles === undefined ? [] : await temporalOf(archive, styles, limits),
  };
}

function sheetPart(sheets: readonly Sheet[], relations: Related, layout: ExcelLayout): string {
  const { sheet: wanted = 1 } = layout;
  const names = sheets.map(({ name }) => `'${name}'`).join(', ');
  const found =
    typeof wanted === 'number'
      ? sheets[wanted - 1]
      : sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found === undefined) {
    const missing = typeof wanted === 'number' ? 'no-sheet-number' : 'no-sheet';
    throw new Unreadable(say(missing, { sheet: wanted, names: names.slice(0, 1000) }));
  }
  const related = relations.get(found.relation);
  if (related?.type === 'worksheet') return related.part;
  throw new Unreadable(say('no-cells', { sheet: found.name }));
}

async function sheetsOf(
  archive: Archive,
  part: string,
  limits: FileLimits,
): Promise<{ sheets: readonly Sheet[]; from1904: boolean }> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  await tell(archive, part, limits, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      sheets.push({ name: attributes['name'] ?? '', relation: relation ?? '' });
    },
  });
  return { sheets, from1904 };
}

/** What other parts a part points at, by the names it calls them. */
async function relationsOf(archive: Archive, part: string, limits: FileLimits): Promise<Related> {
  const at = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
  const related = new Map<string, { part: string; type: string }>();
  const path = part === '' ? '_rels/.rels' : at;
  if (!archive.has(path)) return related;
  await tell(archive, path, limits, {
    open(name, { Id: id, Target: target = '', Type: type = '', TargetMode: mode }) {
      if (name !== 'Relationship' || id === undefined || mode === 'External') return;
      const absolute = target.startsWith('/') ? target.slice(1) : undefined;
      const resolved = absolute ?? posix.normalize(posix.join(posix.dirname(part), target));
      related.set(id, { part: resolved, type: type.split('/').at(-1) ?? '' });
    },
  });
  return related;
}

async function temporalOf(
  archive: Archive,
  part: string,
  limits: FileLimits,
): Promise<readonly (Temporal | undefined)[]> {
  const codes = new Map<number, Temporal | undefined>();
  const styles: (Temporal | undefined)[] = [];
  let inCells = false;
  await tell(archive, part, limits, {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') codes.set(id, formatOfCode(attributes['formatCode'] ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(codes.has(id) ? codes.get(id) : builtInFormat(id));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

async function tell(
  archive: Archive,
  part: string,
  limits: FileLimits,
  events: Partial<PlainEvents> & Pick<PlainEvents, 'open'>,
): Promise<void> {
  const silent = { text: () => undefined, close: () => undefined };
  for await (const _ of parsePlainXml(archive.bytes(part), limits, { ...silent, ...events }));
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';
