import { defineMetric } from '../metric.ts';
import { NOT_RETURN_ORDER, ONLY_TODAYS_STATE, ORDER_CUTS, STILL_OPEN } from './fragments.ts';

export const openOrderAge = defineMetric({
  name: 'open_order_age',
  title: { en: 'Age of open purchase orders', de: 'Alter offener Bestellungen' },
  answers: {
    en: 'How long have open purchase orders been open?',
    de: 'Wie lange sind offene Bestellungen schon offen?',
  },
  synonyms: {
    en: [
      'age of open orders',
      'average age of open orders',
      'how old are open orders',
      'open order age',
      'days open',
      'how long open',
      'age of open pos',
    ],
    de: [
      'Alter der offenen Bestellungen',
      'wie alt sind offene Bestellungen',
      'Tage offen',
      'wie lange offen',
      'durchschnittliches Alter offener Bestellungen',
    ],
  },
  unit: 'days',
  direction: 'down',
  overTime: 'ratio',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: "sum(date_diff('day', issued.day, asked.day))",
  denominator: 'count(*)',
  joins: ['issued', 'asked'],
  scope: [STILL_OPEN, NOT_RETURN_ORDER],
  standing: 'open',
  by: ORDER_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: 'Calendar days from the order to the day asked.',
      de: 'Kalendertage von der Bestellung bis zum gefragten Tag.',
    },
    ONLY_TODAYS_STATE,
  ],
});
