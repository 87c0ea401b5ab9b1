import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const activeSuppliers = defineMetric({
  name: 'active_suppliers',
  title: { en: 'Active suppliers', de: 'Aktive Lieferanten' },
  answers: {
    en: 'With how many suppliers did we place orders?',
    de: 'Bei wie vielen Lieferanten haben wir bestellt?',
  },
  synonyms: {
    en: [
      'number of active suppliers',
      'suppliers ordered from',
      'suppliers used',
      'vendors used',
      'active vendors',
      'supplier base',
      'suppliers with orders',
      'distinct suppliers',
    ],
    de: [
      'Anzahl aktiver Lieferanten',
      'aktive Lieferanten',
      'Lieferantenbasis',
      'aktive Kreditoren',
      'genutzte Lieferanten',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'distinct',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: 'count(distinct fact.supplier_key)',
  scope: ['fact.supplier_key <> -1', 'fact.effective_qty <> 0', NOT_RETURN_LINE],
  standing: 'placed',
  by: LINE_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: 'A supplier is active when at least one purchase order was placed with it.',
      de: 'Ein Lieferant ist aktiv, wenn mindestens eine Bestellung bei ihm erteilt wurde.',
    },
  ],
});
