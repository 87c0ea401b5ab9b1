// Reads 100,000 rows of ten columns as delimited text, as a sheet of a workbook and as XML, each in a
// process of its own, so that its peak memory is its own. `npm run bench -- files [rows]`
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { connectFile, localFolder, parseFileLayout } from '#adapters/file';

const COLUMNS = [
  'number',
  'supplier',
  'name',
  'city',
  'ordered_on',
  'quantity',
  'price',
  'net',
  'open',
  'note',
];
const LAYOUT = parseFileLayout({
  entities: {
    csv: {
      file: 'rows.csv',
      delimiter: ',',
      quote: '"',
      encoding: 'utf-8',
      header: true,
      columns: COLUMNS,
    },
    excel: { format: 'excel', file: 'rows.xlsx', headerRow: 1, columns: COLUMNS },
    xml: { format: 'xml', file: 'rows.xml', records: 'orders/order', columns: COLUMNS },
  },
});

async function main(): Promise<void> {
  const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 100_000);
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-'));
  try {
    await writeFiles(folder, count);
    console.log(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} before`);
    console.log('| format | file MB | rows | seconds | own CPU s | rows/s | peak RSS MB |');
    console.log('|---|---|---|---|---|---|---|');
    for (const format of Object.keys(LAYOUT.entities)) {
      const environment = { ...process.env, BENCH_FORMAT: format, BENCH_FOLDER: folder };
      const child = spawnSync(process.execPath, [...process.execArgv, import.meta.filename], {
        env: environment,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      console.log(child.stdout.trim());
    }
    console.log(`load average ${loadavg()[0]?.toFixed(1)} after`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(folder: string, format: string): Promise<void> {
  const adapter = connectFile({ folder: localFolder(folder), layout: LAYOUT, stabilityMs: 0 });
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  let rows = 0;
  for await (const page of adapter.read(format, undefined, AbortSignal.timeout(3_600_000))) {
    rows += page.rows.length;
    if (page.problems.length > 0) throw new Error(page.problems[0]?.reason);
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { size } = await stat(join(folder, LAYOUT.entities[format]?.file ?? ''));
  const peak = process.resourceUsage().maxRSS / 1024;
  const cells = [
    format,
    (size / 1e6).toFixed(1),
    rows,
    seconds.toFixed(2),
    ((user + system) / 1e6).toFixed(2),
    Math.round(rows / seconds),
    Math.round(peak),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

const rowAt = (at: number): readonly string[] => [
  `PO-${100_000 + at}`,
  `V-${at % 5000}`,
  `Supplier number ${at % 5000} and Sons`,
  `City ${at % 300}`,
  '2026-11-03',
  `${at % 97}`,
  `${1 + (at % 9)}.${10 + (at % 90)}`,
  `${at % 5000}.25`,
  at % 2 === 0 ? 'false' : 'true',
  `Note of order ${at}`,
];

async function writeFiles(folder: string, count: number): Promise<void> {
  await written(join(folder, 'rows.csv'), csvOf(count));
  await written(join(folder, 'rows.xml'), xmlOf(count));
  const shared = new Map<string, number>();
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const zip = new ZipFile();
  const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(text), name);
  await written(join(folder, 'sheet.xml'), sheetOf(count, shared));
  zip.addFile(join(folder, 'sheet.xml'), 'xl/worksheets/sheet1.xml');
  const texts = [...shared.keys()].map((text) => `<si><t>${text}</t></si>`);
  add('xl/sharedStrings.xml', `<sst>${texts.join('')}</sst>`);
  add('xl/styles.xml', '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>');
  add(
    'xl/workbook.xml',
    `<workbook xmlns:r="${relations}"><sheets><sheet name="Rows" r:id="r1"/></sheets></workbook>`,
  );
  const parts = { worksheet: 'worksheets/sheet1.xml', sharedStrings: 'sharedStrings.xml' };
  const all = Object.entries({ ...parts, styles: 'styles.xml' }).map(
    ([type, target], at) =>
      `<Relationship Id="r${at + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  add('xl/_rels/workbook.xml.rels', `<Relationships>${all.join('')}</Relationships>`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(join(folder, 'rows.xlsx')));
}

const written = async (file: string, lines: Iterable<string>): Promise<void> =>
  await pipeline(Readable.from(lines), createWriteStream(file));

function* csvOf(count: number): Generator<string> {
  yield `${COLUMNS.join(',')}\n`;
  for (let at = 0; at < count; at += 1) yield `${rowAt(at).join(',')}\n`;
}

function* xmlOf(count: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<orders>\n';
  for (let at = 0; at < count; at += 1) {
    const cells = rowAt(at).map((cell, n) => `<${COLUMNS[n]}>${cell}</${COLUMNS[n]}>`);
    yield `<order>${cells.join('')}</order>\n`;
  }
  yield '</orders>\n';
}

/** As Excel writes them: texts shared, numbers plain, dates by style. */
function* sheetOf(count: number, shared: Map<string, number>): Generator<string> {
  const numberOf = (text: string): number => {
    const number = shared.get(text) ?? shared.size;
    shared.set(text, number);
    return number;
  };
  const cellOf = (row: number, text: string, column: number): string => {
    const place = `r="${'ABCDEFGHIJ'[column]}${row}"`;
    if (column === 4 && row > 1) return `<c ${place} s="1"><v>46329</v></c>`;
    if (column >= 5 && column <= 7 && row > 1) return `<c ${place}><v>${text}</v></c>`;
    return `<c ${place} t="s"><v>${numberOf(text)}</v></c>`;
  };
  yield '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>';
  for (let row = 1; row <= count + 1; row += 1) {
    const cells = (row === 1 ? COLUMNS : rowAt(row - 2)).map((text, n) => cellOf(row, text, n));
    yield `<row r="${row}">${cells.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

const { BENCH_FORMAT: format, BENCH_FOLDER: folder } = process.env;
if (format === undefined || folder === undefined) await main();
else await measure(folder, format);
