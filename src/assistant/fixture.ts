import type { Member } from './member-search.ts';

const of = (dimension: string, labels: readonly string[]): readonly Member[] =>
  labels.map((label) => ({ dimension, value: label, label }));

const numbered = (dimension: string, labels: readonly string[]): readonly Member[] =>
  labels.map((label, at) => ({
    dimension,
    value: `${dimension}-${at}`,
    label,
    recordId: `${dimension}-${at}`,
  }));

/** A small company's names for tests. */
export const MEMBERS: readonly Member[] = [
  ...numbered('supplier', [
    'Proseware, Inc.',
    'Litware, Inc.',
    'Allenson Cycles',
    'International',
    'Light Speed',
    'Advanced Bicycles',
    'Australia Bike Retailer',
    'Trikes, Inc.',
    'Wide World Importers',
    'Training Systems',
    'Norstan Bike Hut',
    'Vision Cycles, Inc.',
    'Superior Bicycles',
  ]),
  ...numbered('item', [
    'Chain',
    'Hex Nut 5',
    'HL Crankarm',
    'LL Crankarm',
    'Thin-Jam Hex Nut 9',
    'Mountain Pump',
    'Bearing Ball',
  ]),
  ...of('item_category', ['Components', 'Accessories', 'Clothing', 'Unknown']),
  ...of('item_subcategory', ['Pedals', 'Wheels', 'Helmets']),
  ...of('supplier_country', ['Germany', 'United States', 'Canada']),
  ...of('order_status', [
    'issued',
    'awaiting-approval',
    'rejected',
    'received',
    'closed',
    'cancelled',
  ]),
  ...of('order_kind', ['standard']),
  ...of('ship_method', ['CARGO TRANSPORT 5', 'OVERNIGHT J-FAST', 'ZY - EXPRESS']),
  ...of('currency', ['USD', 'EUR']),
  ...of('preferred_supplier', ['yes', 'no']),
  ...of('supplier_status', ['active', 'inactive']),
  ...of('purchase_order', ['4012', '17']),
  ...of('unit', ['EA']),
];
