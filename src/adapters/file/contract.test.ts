import { describeAdapterContract } from '#adapter-kit/testing';
import { connectFile, localFolder } from './index.ts';
import { layoutOf, makeFolder, sheetOf } from './testing.ts';

const lines = Array.from({ length: 4500 }, (_, at) => `${at}\tname ${at}\t${at % 7}`);

describeAdapterContract('file', async () => {
  const folder = await makeFolder({
    'plain.csv': `${lines.join('\n')}\n`,
    'named.csv': NAMED,
    'rows.xlsx': sheet,
    'rows.xml': `<rows>${'<row id="1"><name>x</name></row>'.repeat(4500)}</rows>`,
  });
  const columns = ['id', 'name', 'count'];
  const layout = layoutOf({
    plain: { file: 'plain.csv', delimiter: '\t', header: false, columns },
    named: { file: 'named.csv', delimiter: ',', quote: '"', header: true, columns: ['name', 'id'] },
    sheet: { format: 'excel', file: 'rows.xlsx', headerRow: 1, columns: ['b', 'a'] },
    elements: {
      format: 'xml',
      file: 'rows.xml',
      records: 'rows/row',
      columns: ['@id', 'name'],
    },
  });
  return connectFile({ folder: localFolder(folder), layout, stabilityMs: 0 });
});

const NAMED = 'id,name,more\r\n1,"two\r\nlines, and a ""quote""",x\r\n2,Müller,\r\n';

const SHEET = `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>${Array.from(
  { length: 4500 },
  (_, at) => `<row r="${at + 3}"><c><v>${at}</v></c><c s="1"><v>45000</v></c></row>`,
).join('')}`;

const sheet = await sheetOf(SHEET); // Once: an archive says when it was made.
