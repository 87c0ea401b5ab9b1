import type { Name } from '#erp/company';
import type { AccountKind } from './account.ts';

type Entry = {
  readonly statement: 'balance-sheet' | 'income-statement';
  readonly kind: AccountKind;
  readonly name: Name;
};

/** The lines of balance sheet and income statement, in their order; each account is in one. */
export const STATEMENT_LINES = {
  'intangible-assets': line('asset', 'Intangible assets', 'Immaterielle Vermögensgegenstände'),
  'property-plant-equipment': line('asset', 'Property, plant and equipment', 'Sachanlagen'),
  'financial-assets': line('asset', 'Financial assets', 'Finanzanlagen'),
  inventories: line('asset', 'Inventories', 'Vorräte'),
  'trade-receivables': line(
    'asset',
    'Trade receivables',
    'Forderungen aus Lieferungen und Leistungen',
  ),
  'other-receivables': line('asset', 'Other receivables', 'Sonstige Vermögensgegenstände'),
  'prepaid-expenses': line('asset', 'Prepaid expenses', 'Aktive Rechnungsabgrenzung'),
  cash: line('asset', 'Cash and bank', 'Kasse und Bank'),
  'share-capital': line('equity', 'Share capital', 'Gezeichnetes Kapital'),
  reserves: line('equity', 'Reserves', 'Rücklagen'),
  'retained-earnings': line('equity', 'Retained earnings', 'Gewinnvortrag'),
  provisions: line('liability', 'Provisions', 'Rückstellungen'),
  'bank-debt': line('liability', 'Bank debt', 'Verbindlichkeiten gegenüber Banken'),
  'trade-payables': line(
    'liability',
    'Trade payables',
    'Verbindlichkeiten aus Lieferungen und Leistungen',
  ),
  'tax-liabilities': line('liability', 'Tax liabilities', 'Steuerverbindlichkeiten'),
  'other-liabilities': line('liability', 'Other liabilities', 'Sonstige Verbindlichkeiten'),
  'deferred-income': line('liability', 'Deferred income', 'Passive Rechnungsabgrenzung'),
  revenue: line('income', 'Revenue', 'Umsatzerlöse'),
  'inventory-change': line('income', 'Change in work in progress', 'Bestandsveränderung'),
  'other-income': line('income', 'Other operating income', 'Sonstige betriebliche Erträge'),
  'cost-of-sales': line('expense', 'Cost of sales', 'Herstellungskosten des Umsatzes'),
  personnel: line('expense', 'Personnel', 'Personalaufwand'),
  depreciation: line('expense', 'Depreciation', 'Abschreibungen'),
  'other-expense': line('expense', 'Other operating expense', 'Sonstige betriebliche Aufwendungen'),
  'financial-income': line('income', 'Financial income', 'Finanzerträge'),
  'financial-expense': line('expense', 'Financial expense', 'Finanzaufwendungen'),
  'income-tax': line('expense', 'Income tax', 'Steuern vom Einkommen und Ertrag'),
} as const satisfies Record<string, Entry>;

/** A line of the balance sheet or the income statement. */
export type StatementLine = keyof typeof STATEMENT_LINES;

/** Whether there is such a line. */
export const isStatementLine = (text: string): text is StatementLine =>
  Object.hasOwn(STATEMENT_LINES, text);

function line(kind: AccountKind, en: string, de: string): Entry {
  const statement = kind === 'income' || kind === 'expense' ? 'income-statement' : 'balance-sheet';
  return { statement, kind, name: { en, de } };
}
