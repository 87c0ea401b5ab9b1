import type { AccountDraft, AccountKind } from './account.ts';
import type { DeterminationRule } from './determination.ts';
import type { PostingKey } from './posting-key.ts';
import { isStatementLine } from './statement-line.ts';
import type { StatementLine } from './statement-line.ts';

/** number | kind | line | English | German | control of | revaluation account */
const CHART = `
1010 | asset | intangible-assets | Software and licences | Software und Lizenzen
1100 | asset | property-plant-equipment | Land and buildings | Grundstücke und Gebäude
1110 | asset | property-plant-equipment | Machinery | Maschinen
1120 | asset | property-plant-equipment | Furniture and equipment | Betriebs- und Geschäftsausstattung
1130 | asset | property-plant-equipment | Vehicles | Fahrzeuge
1190 | asset | property-plant-equipment | Accumulated depreciation | Kumulierte Abschreibungen
1200 | asset | inventories | Raw materials | Rohstoffe | stock
1210 | asset | inventories | Merchandise | Handelsware | stock
1220 | asset | inventories | Semi-finished goods | Unfertige Erzeugnisse | stock
1230 | asset | inventories | Finished goods | Fertigerzeugnisse | stock
1240 | asset | inventories | Work in progress | Unfertige Aufträge
1300 | asset | trade-receivables | Trade receivables | Forderungen aus Lieferungen und Leistungen | receivable | 1309
1309 | asset | trade-receivables | Receivables, revaluation | Forderungen, Bewertungsdifferenz
1320 | asset | other-receivables | Prepayments made | Geleistete Anzahlungen
1330 | asset | other-receivables | Input tax | Vorsteuer
1340 | asset | other-receivables | Other receivables | Sonstige Forderungen
1350 | asset | prepaid-expenses | Prepaid expenses | Aktive Rechnungsabgrenzung
1360 | asset | other-receivables | Unbilled revenue | Nicht abgerechnete Leistungen
1400 | asset | cash | Bank, main account | Bank, Hauptkonto | | 1409
1401 | asset | cash | Bank, second account | Bank, zweites Konto | | 1409
1402 | asset | cash | Bank, foreign currency | Bank, Fremdwährung | | 1409
1409 | asset | cash | Bank, revaluation | Bank, Bewertungsdifferenz
1410 | asset | cash | Petty cash | Kasse
1420 | asset | cash | Money in transit | Geldtransit
1421 | asset | cash | Transfers between own accounts | Umbuchungen zwischen eigenen Konten
2000 | liability | trade-payables | Trade payables | Verbindlichkeiten aus Lieferungen und Leistungen | payable | 2009
2009 | liability | trade-payables | Payables, revaluation | Verbindlichkeiten, Bewertungsdifferenz
2050 | liability | trade-payables | Goods received, not invoiced | Wareneingang, noch nicht berechnet
2100 | liability | other-liabilities | Prepayments received | Erhaltene Anzahlungen
2110 | liability | tax-liabilities | Output tax | Umsatzsteuer
2120 | liability | tax-liabilities | VAT payable | Umsatzsteuer-Zahllast
2130 | liability | tax-liabilities | Wage tax and social security | Lohnsteuer und Sozialversicherung
2140 | liability | other-liabilities | Wages payable | Verbindlichkeiten aus Lohn und Gehalt
2150 | liability | other-liabilities | Accrued expenses | Abgegrenzte Aufwendungen
2160 | liability | provisions | Provisions | Rückstellungen
2170 | liability | deferred-income | Deferred revenue | Passive Rechnungsabgrenzung
2200 | liability | bank-debt | Bank loans | Bankdarlehen
3000 | equity | share-capital | Share capital | Gezeichnetes Kapital
3100 | equity | reserves | Capital reserve | Kapitalrücklage
3200 | equity | retained-earnings | Retained earnings | Gewinnvortrag
3900 | equity | retained-earnings | Opening balances | Saldenvorträge
4000 | income | revenue | Revenue, merchandise | Erlöse Handelsware
4010 | income | revenue | Revenue, own products | Erlöse eigene Erzeugnisse
4020 | income | revenue | Revenue, services | Erlöse Dienstleistungen
4030 | income | revenue | Revenue, subscriptions | Erlöse Abonnements
4040 | income | revenue | Freight charged | Berechnete Frachten
4100 | income | revenue | Cash discount granted | Gewährte Skonti
4110 | income | revenue | Credit notes and rebates | Gutschriften und Boni
4200 | income | inventory-change | Work taken over by orders | Verrechnete Fertigungsleistungen
4300 | income | other-income | Other operating income | Sonstige betriebliche Erträge
4310 | income | other-income | Exchange gains | Kursgewinne
4311 | income | other-income | Exchange gains, not realised | Kursgewinne, nicht realisiert
4320 | income | other-income | Dunning fees | Mahngebühren
4330 | income | other-income | Rounding differences | Rundungsdifferenzen
5000 | expense | cost-of-sales | Cost of goods sold | Wareneinsatz
5010 | expense | cost-of-sales | Purchase price variance | Einkaufspreisabweichung
5020 | expense | cost-of-sales | Production variance | Fertigungsabweichung
5030 | expense | cost-of-sales | Scrap | Ausschuss
5040 | expense | cost-of-sales | Stock adjustments | Bestandskorrekturen
5050 | expense | cost-of-sales | Outside processing | Fremdbearbeitung
5060 | expense | cost-of-sales | Freight in | Bezugskosten
5100 | expense | cost-of-sales | Cash discount received | Erhaltene Skonti
6000 | expense | personnel | Wages | Löhne
6010 | expense | personnel | Salaries | Gehälter
6020 | expense | personnel | Social security | Sozialabgaben
6100 | expense | depreciation | Depreciation | Abschreibungen
6200 | expense | other-expense | Rent | Miete
6210 | expense | other-expense | Energy | Energie
6220 | expense | other-expense | Maintenance | Instandhaltung
6230 | expense | other-expense | Freight out | Ausgangsfrachten
6240 | expense | other-expense | Insurance | Versicherungen
6250 | expense | other-expense | Marketing | Werbung
6260 | expense | other-expense | Travel | Reisekosten
6270 | expense | other-expense | Office supplies | Bürobedarf
6280 | expense | other-expense | IT and software | EDV und Software
6290 | expense | other-expense | Advice and audit | Beratung und Prüfung
6300 | expense | other-expense | Consumables | Verbrauchsmaterial
6310 | expense | other-expense | Bank charges | Nebenkosten des Geldverkehrs
6320 | expense | other-expense | Bad debt | Forderungsverluste
6330 | expense | other-expense | Exchange losses | Kursverluste
6331 | expense | other-expense | Exchange losses, not realised | Kursverluste, nicht realisiert
6390 | expense | other-expense | Other expense | Sonstige Aufwendungen
7000 | income | financial-income | Interest income | Zinserträge
7100 | expense | financial-expense | Interest expense | Zinsaufwendungen
8000 | expense | income-tax | Income tax | Ertragsteuern
`;

/** Where each posting key leads; item groups narrow what stock is and what is sold. */
const ACCOUNTS: Readonly<Record<PostingKey, string>> = {
  stock: '1210',
  grir: '2050',
  payable: '2000',
  receivable: '1300',
  revenue: '4000',
  cogs: '5000',
  'purchase-price-variance': '5010',
  scrap: '5030',
  'stock-adjustment': '5040',
  'input-tax': '1330',
  'output-tax': '2110',
  bank: '1400',
  'own-transfer': '1421',
  'cash-discount-received': '5100',
  'cash-discount-granted': '4100',
  'exchange-gain': '4310',
  'exchange-loss': '6330',
  'grir-exchange-gain': '4310',
  'grir-exchange-loss': '6330',
  'unrealised-exchange-gain': '4311',
  'unrealised-exchange-loss': '6331',
  wip: '1240',
  'production-variance': '5020',
  'production-absorbed': '4200',
  'outside-processing': '5050',
  accrual: '2150',
  'deferred-revenue': '2170',
  'unbilled-revenue': '1360',
  'prepayment-made': '1320',
  'prepayment-received': '2100',
  freight: '5060',
  rounding: '4330',
  expense: '6390',
  'bad-debt': '6320',
  'bank-fee': '6310',
  'dunning-fee': '4320',
  'opening-balance': '3900',
  'retained-earnings': '3200',
};
const BY_ITEM_GROUP: readonly (readonly [PostingKey, string, string])[] = [
  ['stock', 'raw', '1200'],
  ['stock', 'merchandise', '1210'],
  ['stock', 'subassembly', '1220'],
  ['stock', 'finished', '1230'],
  ['revenue', 'finished', '4010'],
  ['revenue', 'service', '4020'],
  ['revenue', 'subscription', '4030'],
  ['revenue', 'freight', '4040'],
  ['expense', 'consumable', '6300'],
];

/** A chart of accounts for a company that trades and makes things, usable as it is. */
export const STANDARD_CHART: readonly AccountDraft[] = CHART.trim()
  .split('\n')
  .map((row) => accountOf(row.split('|').map((cell) => cell.trim())));

/** The account determination that goes with the standard chart. */
export const STANDARD_DETERMINATION: readonly DeterminationRule[] = [
  ...keysOf(ACCOUNTS).map((key) => ({ key, account: ACCOUNTS[key] })),
  ...BY_ITEM_GROUP.map(([key, itemGroup, account]) => ({ key, itemGroup, account })),
];

function accountOf(cells: readonly string[]): AccountDraft {
  const [number = '', kind = '', line = '', en = '', de = '', control = '', revaluation = ''] =
    cells;
  return {
    number,
    name: { en, de },
    kind: kindOf(kind),
    statementLine: lineOf(line),
    ...(control === 'payable' || control === 'receivable' || control === 'stock'
      ? { controlOf: control }
      : {}),
    ...(revaluation === '' ? {} : { revaluationAccount: revaluation }),
  };
}

function kindOf(text: string): AccountKind {
  const kinds: readonly AccountKind[] = ['asset', 'liability', 'equity', 'income', 'expense'];
  const kind = kinds.find((each) => each === text);
  if (kind === undefined) throw new Error(`assertion failed: '${text}' is no kind of account`);
  return kind;
}

function lineOf(text: string): StatementLine {
  if (!isStatementLine(text)) throw new Error(`assertion failed: '${text}' is no statement line`);
  return text;
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a literal has no other keys.
  return Object.keys(record) as K[];
}
