/** What a CSV file looks like: what parts its cells, and what its first line calls them. */
export type CsvHead = { readonly delimiter: ',' | ';' | '\t'; readonly columns: readonly string[] };

const DELIMITERS = [';', '\t', ','] as const;

/** The cells of one line; a quoted one may hold the delimiter. */
function cellsOf(line: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (letter === '"') {
      if (!isQuoted && line[at - 1] === '"') cell += '"';
      isQuoted = !isQuoted;
    } else if (letter === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += letter ?? '';
    }
  }
  return [...cells, cell].map((text) => text.trim());
}

/** Reads the first line of a CSV file: the delimiter is the one that parts it most. */
export function csvHeadOf(text: string): CsvHead {
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const found = DELIMITERS.map((delimiter) => ({ delimiter, columns: cellsOf(line, delimiter) }));
  const [best] = found.toSorted((a, b) => b.columns.length - a.columns.length);
  return best ?? { delimiter: ';', columns: [] };
}

const USUAL = {
  bookedOn: /buchungstag|buchungsdatum|booking ?date|booked|datum|date|day|tag/i,
  amount: /betrag|amount|umsatz|sum/i,
  reference: /^(referenz|reference|bank.?ref)/i,
  counterparty: /beg[üu]nstigter|zahlungspflichtiger|auftraggeber|name|counterparty|payee|partner/i,
  counterpartyIban: /iban|kontonummer|account/i,
  remittance: /verwendungszweck|remittance|purpose|text|description|memo/i,
} as const;

/** A column of a statement that a file may have. */
export type CsvColumn = keyof typeof USUAL;

/** What each column is probably called in a file; '' where nothing looks like it. */
export function guessColumns(columns: readonly string[]): Readonly<Record<CsvColumn, string>> {
  const guess = (name: CsvColumn): string =>
    columns.find((column) => USUAL[name].test(column)) ?? '';
  return {
    bookedOn: guess('bookedOn'),
    amount: guess('amount'),
    reference: guess('reference'),
    counterparty: guess('counterparty'),
    counterpartyIban: guess('counterpartyIban'),
    remittance: guess('remittance'),
  };
}
