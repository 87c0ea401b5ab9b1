import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const openCommitments = defineMetric({
  name: 'open_commitments',
  title: { en: 'Open purchase commitments', de: 'Bestellobligo' },
  answers: 'How much have we ordered that has not arrived?',
  synonyms: {
    en: [
      'open commitments',
      'open purchase orders',
      'open pos',
      'open orders',
      'open po value',
      'outstanding orders',
      'outstanding purchase orders',
      'outstanding value',
      'commitments',
      'undelivered orders',
      'not yet received',
      'still to be delivered',
      'open order value',
      'on order',
      'value on order',
      'backlog with suppliers',
      'open purchase order value',
      'not arrived yet',
    ],
    de: [
      'Bestellobligo',
      'Obligo',
      'offene Bestellungen',
      'offener Bestellwert',
      'Bestellbestand',
      'offene Verpflichtungen',
      'ausstehende Bestellungen',
      'ausstehende Lieferungen',
      'noch nicht geliefert',
      'noch offen',
      'offene Aufträge',
      'Wert offener Bestellungen',
    ],
  },
  unit: 'money',
  direction: 'none',
  overTime: 'last',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator:
    'sum(case when fact.is_final_receipt then 0' +
    ' else greatest(0, fact.effective_qty - fact.received_qty) * fact.unit_price end)',
  scope: [NOT_RETURN_LINE],
  standing: 'open',
  by: LINE_CUTS,
  owner: 'procurement',
  assumptions: [
    'Only the present state of orders is known: an earlier day means the orders issued on or before it, as they stand now.',
  ],
});
