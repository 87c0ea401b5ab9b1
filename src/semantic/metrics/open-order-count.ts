import { defineMetric } from '../metric.ts';
import { NOT_RETURN_ORDER, ONLY_TODAYS_STATE, ORDER_CUTS, STILL_OPEN } from './fragments.ts';

export const openOrderCount = defineMetric({
  name: 'open_order_count',
  title: { en: 'Number of open purchase orders', de: 'Anzahl offener Bestellungen' },
  answers: {
    en: 'How many purchase orders are still open?',
    de: 'Wie viele Bestellungen sind noch offen?',
  },
  synonyms: {
    en: [
      'number of open orders',
      'number of open purchase orders',
      'open order count',
      'count of open orders',
      'number of open pos',
      'orders still open',
    ],
    de: [
      'Anzahl offener Bestellungen',
      'Anzahl offene Bestellungen',
      'Zahl der offenen Bestellungen',
      'wie viele offene Bestellungen',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'last',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: 'count(*)',
  scope: [STILL_OPEN, NOT_RETURN_ORDER],
  standing: 'open',
  by: ORDER_CUTS,
  owner: 'procurement',
  assumptions: [ONLY_TODAYS_STATE],
});
