import { defineMetric } from '../metric.ts';
import { LATE_ORDER, NOT_RETURN_ORDER, ORDER_CUTS, WHAT_IS_LATE } from './fragments.ts';

export const daysLate = defineMetric({
  name: 'days_late',
  title: { en: 'Days late', de: 'Tage Verspätung' },
  answers: {
    en: 'How many days after the promised day was a late order shipped?',
    de: 'Wie viele Tage nach dem zugesagten Tag wurde eine verspätete Bestellung versandt?',
  },
  synonyms: {
    en: [
      'average delay',
      'average days late',
      'delay in days',
      'days overdue',
      'how late',
      'average lateness',
      'length of delay',
    ],
    de: [
      'Verspätung in Tagen',
      'durchschnittliche Verspätung',
      'mittlere Verspätung',
      'Tage verspätet',
      'Verzugstage',
      'wie spät',
    ],
  },
  unit: 'days',
  direction: 'down',
  overTime: 'ratio',
  fact: 'fact_purchase_order',
  dateRole: 'promised_on',
  numerator:
    "sum(date_diff('day', promised.day, case when fact.shipped_on_key = -1 then asked.day else shipped.day end))",
  denominator: 'count(*)',
  joins: ['promised', 'shipped', 'asked'],
  scope: [LATE_ORDER, NOT_RETURN_ORDER],
  standing: 'placed',
  by: ORDER_CUTS,
  owner: 'procurement',
  assumptions: [WHAT_IS_LATE],
});
