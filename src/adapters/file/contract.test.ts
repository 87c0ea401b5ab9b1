import { describeAdapterContract } from '#adapter-kit/testing';
import { connectFile } from './index.ts';
import { layoutOf, makeFolder } from './testing.ts';

const lines = Array.from({ length: 4500 }, (_, at) => `${at}\tname ${at}\t${at % 7}`);

describeAdapterContract('file', async () => {
  const folder = await makeFolder({ 'plain.csv': `${lines.join('\n')}\n`, 'named.csv': NAMED });
  const columns = ['id', 'name', 'count'];
  const layout = layoutOf({
    plain: { file: 'plain.csv', delimiter: '\t', header: false, columns },
    named: { file: 'named.csv', delimiter: ',', quote: '"', header: true, columns: ['name', 'id'] },
  });
  return connectFile({ path: folder, layout, stabilityMs: 0 });
});

const NAMED = 'id,name,more\r\n1,"two\r\nlines, and a ""quote""",x\r\n2,Müller,\r\n';
