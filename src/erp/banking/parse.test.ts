import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { parseCamt, parseCsv } from './index.ts';
import type { CsvMapping } from './index.ts';

const balance = (code: string, amount: string, sign = 'CRDT') => `
  <Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>
    <CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2026-03-09</Dt></Dt></Bal>`;
const entry = (amount: string, sign: string, more = '', status = '<Sts>BOOK</Sts>') => `
  <Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}
    <BookgDt><Dt>2026-03-09</Dt></BookgDt><ValDt><Dt>2026-03-10</Dt></ValDt>${more}</Ntry>`;
const camt = (inside: string, head = '') => `<?xml version="1.0" encoding="UTF-8"?>${head}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>M1</MsgId></GrpHdr>
  <Stmt><Id>2026-047</Id><Acct><Id><IBAN>DE12500105170648489890</IBAN></Id></Acct>${inside}</Stmt>
</BkToCstmrStmt></Document>`;

const STATEMENT = camt(`
  ${balance('OPBD', '1000.00')}${balance('CLBD', '1068.50')}
  ${entry(
    '119.00',
    'CRDT',
    `<AcctSvcrRef>B77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E-9</EndToEndId></Refs>
     <RltdPties><Dbtr><Pty><Nm>Stadtwerke &amp; Söhne</Nm></Pty></Dbtr>
     <DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>
     <RmtInf><Ustrd>CI-2026-</Ustrd><Ustrd><![CDATA[000012 thanks]]></Ustrd></RmtInf>
     </TxDtls></NtryDtls>`,
    '<Sts><Cd>BOOK</Cd></Sts>',
  )}
  ${entry(
    '50.00',
    'DBIT',
    `<AcctSvcrRef>B78</AcctSvcrRef><NtryDtls><TxDtls><Amt Ccy="EUR">20.00</Amt>
     <RltdPties><Cdtr><Nm>A</Nm></Cdtr></RltdPties></TxDtls>
     <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">30.00</Amt></TxAmt></AmtDtls>
     <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>`,
  )}
  ${entry('0.50', 'DBIT', '<AddtlNtryInf>FEES</AddtlNtryInf>')}
  ${entry('9.99', 'CRDT', '', '<Sts>PDNG</Sts>')}`);

test('a CAMT.053 statement is read: balances, lines, collective bookings one by one', () => {
  const parsed = parseCamt(STATEMENT);
  expect(parsed).toEqual({
    ok: true,
    value: [
      {
        account: 'DE12500105170648489890',
        currency: 'EUR',
        reference: '2026-047',
        source: 'camt.053',
        fromOn: '2026-03-09',
        toOn: '2026-03-09',
        opening: '1000.00',
        closing: '1068.50',
        lines: [
          {
            bookedOn: '2026-03-09',
            valueOn: '2026-03-10',
            amount: '119.00',
            reference: 'B77',
            endToEndId: 'E2E-9',
            counterparty: 'Stadtwerke & Söhne',
            counterpartyIban: 'DE89370400440532013000',
            remittance: 'CI-2026- 000012 thanks',
          },
          {
            bookedOn: '2026-03-09',
            valueOn: '2026-03-10',
            amount: '-20.00',
            reference: 'B78/1',
            counterparty: 'A',
          },
          { bookedOn: '2026-03-09', valueOn: '2026-03-10', amount: '-30.00', reference: 'B78/2' },
          { bookedOn: '2026-03-09', valueOn: '2026-03-10', amount: '-0.50', remittance: 'FEES' },
        ],
      },
    ],
  });
});

test('an overdrawn account stands below zero', () => {
  const parsed = parseCamt(camt(balance('PRCD', '5.00', 'DBIT') + balance('CLBD', '5.00', 'DBIT')));
  expect(parsed).toMatchObject({ value: [{ opening: '-5.00', closing: '-5.00', lines: [] }] });
});

test('a bank that gives one reference to several lines, or none, is read all the same', () => {
  const line = (reference: string) =>
    entry('1.00', 'CRDT', `<NtryRef>1</NtryRef><AcctSvcrRef>${reference}</AcctSvcrRef>`);
  const lines = ['B1', 'B2', 'B1', 'NONREF', 'NONREF'].map(line).join('');
  const parsed = parseCamt(camt(balance('OPBD', '0.00') + balance('CLBD', '5.00') + lines));
  const [statement] = parsed.ok ? parsed.value : [];
  expect(statement?.lines.map(({ reference }) => reference)).toEqual([
    'B1',
    'B2',
    'B1#2',
    undefined,
    undefined,
  ]);
});

const ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
const LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
const BALANCES = balance('OPBD', '1.00') + balance('CLBD', '1.00');
test.each([
  ['an entity from outside', camt(`${BALANCES}<Note>&e;</Note>`, ENTITY), 'document type'],
  ['entities that grow', camt(`${BALANCES}<Note>&b;</Note>`, LAUGHS), 'document type'],
  ['an entity that nobody declared', camt(`${BALANCES}<Note>&e;</Note>`), 'entity'],
  ['a file that ends early', STATEMENT.slice(0, -40), 'unclosed'],
  ['text', 'MT940 :20:START', 'text'],
  ['another message', '<Document><BkToCstmrDbtCdtNtfctn/></Document>', 'no bank-to-customer'],
  ['a statement without a closing balance', camt(balance('OPBD', '1.00')), 'no balance CLBD'],
  [
    'a line without a day',
    camt(
      `${BALANCES}${entry('1.00', 'CRDT').replaceAll(/<(Bookg|Val)Dt>.*?<\/(Bookg|Val)Dt>/g, '')}`,
    ),
    'no day',
  ],
  ['an amount that is none', camt(BALANCES.replace('1.00', 'much')), 'amount'],
])('%s is refused', (_what, text, why) => {
  const parsed = parseCamt(text);
  expect(parsed).toMatchObject({ ok: false, problem: { code: 'banking.unreadable' } });
  expect(parsed.ok ? '' : parsed.problem.message).toContain(why);
});

test.each([
  ['charactersMax', 'too large'],
  ['depthMax', 'too deep'],
  ['entryElementsMax', 'line of it is too large'],
  ['linesMax', 'too many lines'],
] as const)('a file beyond %s is refused', (name, why) => {
  const wide = { charactersMax: 99_999, depthMax: 99, entryElementsMax: 999, linesMax: 99 };
  const parsed = parseCamt(STATEMENT, { ...wide, [name]: 3 });
  expect(parsed.ok ? '' : parsed.problem.message).toContain(why);
});

test('whatever stands in it, reading a CAMT file answers and does not throw', () => {
  fc.assert(
    fc.property(fc.nat(STATEMENT.length), fc.string({ maxLength: 9 }), (at, junk) => {
      const broken = STATEMENT.slice(0, at) + junk + STATEMENT.slice(at + junk.length);
      expect(typeof parseCamt(broken).ok).toBe('boolean');
    }),
    { numRuns: 200 },
  );
});

const MAPPING: CsvMapping = {
  delimiter: ';',
  decimalPoint: ',',
  days: 'DD.MM.YYYY',
  columns: {
    bookedOn: 'Buchungstag',
    amount: 'Betrag',
    direction: { column: 'S/H', out: 'S' },
    counterparty: 'Name',
    counterpartyIban: 'IBAN',
    reference: 'Ref',
    remittance: ['Zweck', 'Zweck 2'],
  },
};
const CSV = `Buchungstag;Betrag;S/H;Name;IBAN;Ref;Zweck;Zweck 2
09.03.2026;1.234,56;H;"Müller; Söhne";DE89 3704 0044 0532 0130 00;R1;CI-1;danke
08.03.26;10,00;S;;;R2;Gebühr;
`;

test('a CSV file is read by a mapping', () => {
  const parsed = parseCsv(CSV, MAPPING, {
    account: 'EUR1',
    reference: 'march',
    opening: decimal('0.00'),
  });
  expect(parsed).toEqual({
    ok: true,
    value: {
      account: 'EUR1',
      reference: 'march',
      source: 'csv',
      opening: '0.00',
      closing: '1224.56',
      fromOn: '2026-03-08',
      toOn: '2026-03-09',
      lines: [
        {
          bookedOn: '2026-03-09',
          amount: '1234.56',
          counterparty: 'Müller; Söhne',
          counterpartyIban: 'DE89370400440532013000',
          reference: 'R1',
          remittance: 'CI-1 danke',
        },
        { bookedOn: '2026-03-08', amount: '-10.00', reference: 'R2', remittance: 'Gebühr' },
      ],
    },
  });
});

test.each([
  ['a day in another form', CSV.replace('09.03.2026', '2026/09/03'), 'no day'],
  ['an amount that is none', CSV.replace('10,00', 'ten'), 'no amount'],
  ['a record with too few columns', `${CSV}08.03.2026;1\n`, 'Record Length'],
  ['a quote that is not closed', `${CSV}08.03.2026;"1`, 'Quote'],
  ['nothing', '', 'no line'],
])('%s is refused', (_what, text, why) => {
  const told = { account: 'EUR1', reference: 'march', opening: decimal('0.00') };
  const parsed = parseCsv(text, MAPPING, told);
  expect(parsed.ok ? '' : parsed.problem.message).toContain(why);
});

test('what is printed as a bank would is read as it was', () => {
  const cents = fc.integer({ min: -9_999_999, max: 9_999_999 }).filter((each) => each !== 0);
  const text = fc.stringMatching(/^[A-Za-z0-9,;"]{0,12}$/);
  const lines = fc.array(fc.record({ cents, text, day: fc.integer({ min: 1, max: 28 }) }), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(lines, (wanted) => {
      const rows = wanted.map(({ cents: amount, text: said, day }) => {
        const whole = Math.trunc(Math.abs(amount) / 100).toLocaleString('de-DE');
        const printed = `${amount < 0 ? '-' : ''}${whole},${String(Math.abs(amount) % 100).padStart(2, '0')}`;
        const quoted = `"${said.replaceAll('"', '""')}"`;
        return `${String(day).padStart(2, '0')}.03.2026;${printed};H;${quoted};;;;`;
      });
      const csv = `Buchungstag;Betrag;S/H;Name;IBAN;Ref;Zweck;Zweck 2\n${rows.join('\n')}\n`;
      const told = { account: 'EUR1', reference: 'march', opening: decimal('0.00') };
      const parsed = parseCsv(csv, MAPPING, told);
      const read = parsed.ok ? parsed.value.lines : [];
      expect(read.map(({ amount }) => Math.round(Number(amount) * 100))).toEqual(
        wanted.map((each) => each.cents),
      );
      expect(read.map(({ bookedOn }) => bookedOn)).toEqual(
        wanted.map(({ day }) => localDate(`2026-03-${String(day).padStart(2, '0')}`)),
      );
      expect(read.map(({ counterparty = '' }) => counterparty)).toEqual(
        wanted.map((each) => each.text),
      );
    }),
    { numRuns: 50 },
  );
});
