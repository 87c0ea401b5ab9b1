import { speaker } from '#kernel';

/** What the file adapter says of files, lines and cells, in English; pages say it in other languages. */
export const FILE_SENTENCES = {
  // Why a file is not read yet.
  'not-in-folder': '{{file}} is not in {{folder}}',
  'not-as-promised': '{{file}} is not what {{manifest}} says: still being written?',
  'being-written': '{{file}} is being written',
  'not-at-rest':
    '{{file}} was written {{restMs}} ms ago; it must be at rest for {{stabilityMs}} ms',
  'too-large': '{{file}} has {{size}} bytes, over the limit of {{most}}',
  'no-manifest': '{{manifest}} is not there yet; it is written last',
  'manifest-too-long': '{{manifest}} is too long for a manifest',
  'manifest-wrong': '{{manifest}} is no manifest: {{why}}',
  'manifest-silent': '{{manifest}} does not mention {{file}}',
  'manifest-no-json': '{{manifest}} is no JSON: still being written?',
  vanished: '{{file}} has just vanished',
  // What its folder and files are.
  'no-folder': '{{folder}} is not a folder',
  'not-opened': '{{folder}} cannot be opened: {{why}}',
  'file-as-described': '{{size}} bytes, {{columns}} columns',
  'file-with-more': '{{size}} bytes, {{columns}} columns; not named in the layout: {{names}}',
  'handed-over': '{{count}} files handed over, {{waiting}} of them not taken yet',
  'handed-over-oddly':
    '{{oddities}} ({{count}} files handed over, {{waiting}} of them not taken yet)',
  // What is wrong with a header.
  'other-encoding': 'the file is {{found}}, not {{encoding}}',
  'no-header': 'the file is empty: its header is missing',
  'header-cut': 'the file ends within its header',
  'too-many-columns': 'the header names {{count}} columns, over {{most}}',
  'column-missing': "column '{{column}}' is missing; the header has: {{columns}}",
  'column-twice': "the header names column '{{column}}' twice",
  'no-column-name': "'{{name}}' is no column name",
  // What is wrong with a line.
  'byte-zero': 'byte {{at}} of the line is zero',
  'not-utf-8': 'byte {{at}} of the line ({{value}}) is not UTF-8',
  'line-too-long': 'the line is {{size}} bytes long, more than a line may be',
  'too-many-lines': 'the file goes on after {{most}} lines, its limit',
  'too-many-rows': 'the file goes on after {{most}} rows, its limit',
  'after-quote': 'column {{column}} goes on after its closing quote',
  'cut-off': 'the file ends within this line: it is cut off, or still being written',
  'open-quote': 'a quote opens here and does not close within {{most}} bytes',
  'no-row': 'no row',
  'other-count': 'the line has {{count}} columns, not {{expected}}',
  // What is wrong with XML.
  'bytes-not': 'the file holds bytes that are not {{encoding}}',
  'unknown-encoding': 'the file says it is {{encoding}}, which is not read here',
  'too-deep': 'elements stand over {{most}} deep',
  'declares-type': 'the file declares a document type, which is refused here',
  'not-well-formed': 'no well-formed XML: {{why}}',
  'text-too-long': 'one text in it is over {{most}} characters long',
  'no-parent-element':
    "there is no element '{{parent}}' that could hold '{{records}}'; the file begins with '{{root}}' (namespaces count)",
  'path-missing':
    "'{{path}}' is in none of the first {{count}} elements '{{records}}'; if it may be missing, name '{{column}}' among the layout's optional columns",
  'stands-late':
    "'{{name}}' stands after elements it is wanted for (line {{line}}): it has to come before them",
  'there-twice': "'{{name}}' is there twice in one element (line {{line}} of the file)",
  // What is wrong with a workbook.
  'row-order': "row '{{row}}' stands after row {{before}}",
  'cell-order': "the cell '{{cell}}' is out of its order",
  'text-lost': 'a shared text is lost',
  'binary-workbook': 'this is an .xlsb file: save it as .xlsx',
  'no-sheet': "there is no sheet '{{sheet}}'; there are: {{names}}",
  'no-sheet-number': 'there is no sheet number {{sheet}}; there are: {{names}}',
  'no-cells': "the sheet '{{sheet}}' holds no cells, but a chart or the like",
  'old-workbook':
    'this is an old .xls file, or one locked by a password: save it as .xlsx, unlocked',
  'too-many-parts': 'it holds {{count}} parts, over the limit of {{most}}',
  'part-twice': "it holds '{{part}}' twice",
  'part-missing': "the workbook lacks its part '{{part}}'",
  'part-locked': "its part '{{part}}' is locked or packed in an unusual way",
  'part-too-large':
    "its part '{{part}}' is {{size}} bytes when unpacked, over the limit of {{most}}",
  'part-grows': "its part '{{part}}' is over {{most}} times as large when unpacked",
  'part-broken': "its part '{{part}}' is broken: its sum is wrong",
  'no-workbook': 'this is no workbook (.xlsx), or it is cut off ({{why}})',
  'part-cut': "its part '{{part}}' is broken or cut off ({{why}})",
  'no-header-row': 'the header is missing: row {{row}} is empty, or the sheet ends before it',
  'cell-unnamed': 'the cell {{cell}} says something, and its column has no name',
  'cell-error': 'the cell {{cell}} holds the error {{error}}',
  'cell-no-result':
    'the cell {{cell}} has a formula whose result is not stored: open and save it anew',
  'cell-no-text': 'the cell {{cell}} points at a shared text, number {{number}}, that is not there',
  'cell-of-unknown-type': "the cell {{cell}} is of an unknown type '{{type}}'",
  'cell-no-number': "the cell {{cell}} holds '{{value}}', no number",
} as const;

/** Says one of them. */
export const say = speaker('file', FILE_SENTENCES);
