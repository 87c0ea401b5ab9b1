import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const purchaseOrderLineCount = defineMetric({
  name: 'purchase_order_line_count',
  title: { en: 'Purchase order lines placed', de: 'Anzahl Bestellpositionen' },
  answers: {
    en: 'How many purchase order lines did we place?',
    de: 'Wie viele Bestellpositionen haben wir erteilt?',
  },
  synonyms: {
    en: [
      'number of order lines',
      'order lines',
      'po lines',
      'purchase order lines',
      'line items',
      'number of lines',
      'how many lines',
      'line count',
      'po line items',
      'order positions',
    ],
    de: [
      'Bestellpositionen',
      'Anzahl Positionen',
      'Anzahl der Positionen',
      'Positionen',
      'Bestellzeilen',
      'wie viele Positionen',
      'Auftragspositionen',
      'Positionsanzahl',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'sum',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: 'count(*)',
  scope: ['fact.effective_qty <> 0', NOT_RETURN_LINE],
  standing: 'placed',
  by: LINE_CUTS,
  owner: 'procurement',
});
