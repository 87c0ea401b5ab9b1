import { defineMetric } from '../metric.ts';
import { AGREEMENT_CUTS } from './fragments.ts';

export const agreedLeadTime = defineMetric({
  name: 'agreed_lead_time',
  title: { en: 'Agreed lead time', de: 'Vereinbarte Lieferzeit' },
  answers: {
    en: 'How many days does a supplier need, as agreed?',
    de: 'Wie viele Tage braucht ein Lieferant laut Vereinbarung?',
  },
  synonyms: {
    en: [
      'agreed lead time',
      'planned lead time',
      'standard lead time',
      'average agreed lead time',
      'contractual lead time',
      'contracted lead time',
      'lead time on file',
      'promised lead time',
      'quoted lead time',
      'nominal lead time',
    ],
    de: [
      'vereinbarte Lieferzeit',
      'Planlieferzeit',
      'geplante Lieferzeit',
      'Standardlieferzeit',
      'hinterlegte Lieferzeit',
      'zugesagte Lieferzeit',
      'Soll-Lieferzeit',
    ],
  },
  unit: 'days',
  direction: 'down',
  overTime: 'ratio',
  fact: 'dim_supplier_item',
  numerator: 'sum(fact.lead_time_days)',
  denominator: 'count(fact.lead_time_days)',
  scope: ['fact.supplier_key <> -1', 'fact.item_key <> -1'],
  standing: 'any',
  by: AGREEMENT_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: 'The present lead times on file; over several items and suppliers, their mean.',
      de: 'Die heute hinterlegten Lieferzeiten; über mehrere Artikel und Lieferanten deren Mittel.',
    },
  ],
});
