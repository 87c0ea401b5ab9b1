import { defineMetric } from '../metric.ts';
import { LATE_ORDER, NOT_RETURN_ORDER, ORDER_CUTS, WHAT_IS_LATE } from './fragments.ts';

export const lateOrderCount = defineMetric({
  name: 'late_order_count',
  title: { en: 'Late purchase orders', de: 'Verspätete Bestellungen' },
  answers: {
    en: 'How many purchase orders were shipped late, or are overdue?',
    de: 'Wie viele Bestellungen wurden verspätet versandt oder sind überfällig?',
  },
  synonyms: {
    en: [
      'late orders',
      'late purchase orders',
      'number of late orders',
      'late pos',
      'delayed orders',
      'orders shipped late',
      'orders delivered late',
      'late deliveries',
      'late shipments',
      'delayed deliveries',
      'missed delivery dates',
    ],
    de: [
      'Anzahl verspäteter Bestellungen',
      'verspätete Bestellungen',
      'verspätete Lieferungen',
      'zu spät gelieferte Bestellungen',
      'Lieferverzug',
      'Lieferverzüge',
      'verzögerte Bestellungen',
    ],
  },
  unit: 'count',
  direction: 'down',
  overTime: 'sum',
  fact: 'fact_purchase_order',
  dateRole: 'promised_on',
  numerator: 'count(*)',
  scope: [LATE_ORDER, NOT_RETURN_ORDER],
  standing: 'placed',
  by: ORDER_CUTS,
  owner: 'procurement',
  assumptions: [WHAT_IS_LATE],
});
