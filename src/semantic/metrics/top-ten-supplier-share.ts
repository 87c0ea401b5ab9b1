import { defineMetric } from '../metric.ts';
import { LINE_NET, NO_INVOICES } from './fragments.ts';

export const topTenSupplierShare = defineMetric({
  name: 'top_ten_supplier_share',
  title: { en: 'Top-10 supplier share', de: 'Anteil der Top-10-Lieferanten' },
  answers: {
    en: 'How concentrated is our spend: what part goes to the ten largest suppliers?',
    de: 'Wie konzentriert ist unser Einkauf: Welcher Teil geht an die zehn größten Lieferanten?',
  },
  synonyms: {
    en: [
      'supplier concentration',
      'vendor concentration',
      'top 10 share',
      'top-10 share',
      'top ten share',
      'top vendors share',
      'share of the top 10 suppliers',
      'share of top ten suppliers',
      'spend concentration',
      'supplier dependency',
      'how concentrated',
    ],
    de: [
      'Lieferantenkonzentration',
      'A-Lieferanten-Anteil',
      'Anteil der Top-10-Lieferanten',
      'Top-10-Anteil',
      'Anteil der zehn größten Lieferanten',
      'Konzentration',
      'Abhängigkeit von Lieferanten',
    ],
  },
  unit: 'ratio',
  direction: 'none',
  overTime: 'ratio',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  derive: [
    { supplier_total: `sum(${LINE_NET}) over (partition by fact.currency, fact.supplier_key)` },
    {
      supplier_rank:
        'dense_rank() over (partition by fact.currency order by fact.supplier_total desc, fact.supplier_key)',
    },
  ],
  numerator: `sum(${LINE_NET}) filter (where fact.supplier_rank <= 10)`,
  denominator: `sum(${LINE_NET})`,
  scope: [],
  standing: 'placed',
  apart: 'currency',
  by: ['currency'], // Within any other cut the ten largest would be others.
  owner: 'procurement',
  assumptions: [NO_INVOICES],
});
