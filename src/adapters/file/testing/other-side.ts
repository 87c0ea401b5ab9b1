/** A system that is written to by files: takes them up, books them in its own ledger, answers. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Command } from '#adapter-kit';
import { parseFileLayout } from '../layout.ts';
import type { FileLayout } from '../layout.ts';

/** The layout that it and we have agreed on. */
export const ORDERS_OUT: FileLayout = parseFileLayout({
  entities: {},
  outbound: {
    folder: 'out',
    books: 'rialto',
    takenByRenaming: true,
    commandsMax: 50,
    operations: {
      'create-purchase-order': {
        format: 'csv',
        file: 'orders-{sequence}.csv',
        delimiter: ';',
        encoding: 'utf-8',
        header: true,
        each: 'lines',
        columns: [
          { name: 'reference', path: '@reference' },
          { name: 'supplier', path: 'supplier', required: true },
          { name: 'line', path: 'lines.number' },
          { name: 'quantity', path: 'lines.ordered.value' },
          { name: 'plant', text: 'P1' },
        ],
      },
      'create-supplier': {
        format: 'xml',
        file: '{operation}-{sequence}.xml',
        root: 'Suppliers',
        element: 'Supplier',
        columns: [
          { name: '@ref', path: '@reference' },
          { name: 'Name', path: 'name' },
        ],
      },
    },
    answers: {
      folder: 'in',
      archive: 'in/read',
      name: 'answer-{sequence}.csv',
      layout: {
        delimiter: ';',
        encoding: 'utf-8',
        header: true,
        columns: ['reference', 'status', 'key', 'reason'],
      },
      reference: 'reference',
      status: 'status',
      key: 'key',
      reason: 'reason',
      booked: ['OK'],
      refused: ['NO'],
    },
  },
});

/** Its own books. */
export type OtherSide = {
  /** Takes up what lies there, books it or refuses it, and answers in one file. */
  takeUp(): Promise<void>;
  /** How often each reference was booked. */
  readonly booked: ReadonlyMap<string, number>;
  readonly wrongManifests: readonly string[];
};

/** Opens it on a folder of this machine; `needsManifest`: it leaves files without one alone. */
export async function openOtherSide(
  folder: string,
  how: { readonly needsManifest?: boolean } = {},
): Promise<OtherSide> {
  const [out, taken, answers] = ['out', 'taken', 'in'].map((name) => join(folder, name));
  for (const place of [out, taken, answers]) await mkdir(place ?? '', { recursive: true });
  const booked = new Map<string, number>();
  const wrongManifests: string[] = [];
  let answered = 0;
  return {
    booked,
    wrongManifests,
    async takeUp() {
      const lines: string[] = [];
      for (const name of (await readdir(out ?? '')).toSorted()) {
        if (name.startsWith('.') || name.endsWith('.manifest.json')) continue;
        const manifest = join(out ?? '', `${name}.manifest.json`);
        if (how.needsManifest === true && !existsSync(manifest)) continue;
        const [place, aside] = [join(out ?? '', name), join(taken ?? '', name)];
        if (existsSync(manifest) && !isWhole(manifest, name, place)) wrongManifests.push(name);
        await rename(place, aside);
        for (const { reference, isRefused } of commandsIn(aside)) {
          lines.push(answerFor(reference, isRefused, booked));
        }
      }
      if (lines.length === 0) return;
      answered += 1;
      const name = `answer-${String(answered).padStart(8, '0')}.csv`;
      const part = join(answers ?? '', `.${name}`);
      await writeFile(part, `reference;status;key;reason\n${lines.join('')}`);
      await rename(part, join(answers ?? '', name));
    },
  };
}

/** An order with so many lines. */
export const orderFor = (reference: string, supplier = 'V-10', lines = 2): Command => ({
  operation: 'create-purchase-order',
  reference,
  payload: {
    supplier,
    lines: Array.from({ length: lines }, (_, at) => ({
      number: String(at + 1),
      ordered: { value: '3', unit: 'EA' },
    })),
  },
});

const REFUSED = 'V-BAD'; // A supplier that it does not know.

function answerFor(reference: string, isRefused: boolean, booked: Map<string, number>): string {
  if (isRefused) return `${reference};NO;;no such supplier\n`;
  booked.set(reference, (booked.get(reference) ?? 0) + 1);
  return `${reference};OK;K-${reference};\n`;
}

function isWhole(manifest: string, name: string, place: string): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compared right away.
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    files: Record<string, { sha256: string }>;
  };
  const sha256 = createHash('sha256').update(readFileSync(place)).digest('hex');
  return files[name]?.sha256 === sha256;
}

function commandsIn(file: string): { reference: string; isRefused: boolean }[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.xml')) {
    return [...text.matchAll(/ ref="([^"]*)"/g)].map(([, reference = '']) => {
      return { reference, isRefused: false };
    });
  }
  const rows: Record<string, string>[] = parse(text, { columns: true, delimiter: ';' });
  const suppliers = new Map(rows.map(({ reference = '', supplier }) => [reference, supplier]));
  return [...suppliers].map(([reference, supplier]) => {
    return { reference, isRefused: supplier === REFUSED };
  });
}
