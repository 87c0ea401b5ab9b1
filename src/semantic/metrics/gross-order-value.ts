import { defineMetric } from '../metric.ts';
import { ORDER_CUTS, signedOfOrder } from './fragments.ts';

export const grossOrderValue = defineMetric({
  name: 'gross_order_value',
  title: { en: 'Gross order value', de: 'Bruttobestellwert' },
  answers: {
    en: 'What did we order from suppliers, with tax and freight?',
    de: 'Was haben wir bei Lieferanten bestellt, mit Steuer und Fracht?',
  },
  synonyms: {
    en: [
      'gross order value',
      'gross spend',
      'gross value',
      'gross amount',
      'total due',
      'order total',
      'spend including tax',
      'spend with tax and freight',
      'total including tax and freight',
      'gross purchases',
    ],
    de: [
      'Bruttobestellwert',
      'Bruttowert',
      'Bruttobetrag',
      'brutto',
      'Gesamtbetrag',
      'Bestellwert brutto',
      'Bestellwert mit Steuer',
    ],
  },
  unit: 'money',
  direction: 'none',
  overTime: 'sum',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: `sum(${signedOfOrder('fact.gross_amount')})`,
  scope: [],
  standing: 'placed',
  by: ORDER_CUTS, // Not by item: orders carry it once, on their header.
  owner: 'procurement',
});
