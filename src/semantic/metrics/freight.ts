import { defineMetric } from '../metric.ts';
import { ORDER_CUTS, signedOfOrder } from './fragments.ts';

export const freight = defineMetric({
  name: 'freight',
  title: { en: 'Freight on purchase orders', de: 'Fracht auf Bestellungen' },
  answers: {
    en: 'How much freight do suppliers charge on our purchase orders?',
    de: 'Wie viel Fracht berechnen Lieferanten auf unsere Bestellungen?',
  },
  synonyms: {
    en: [
      'freight',
      'freight cost',
      'freight costs',
      'shipping cost',
      'shipping costs',
      'shipping charges',
      'freight charges',
      'transport cost',
      'delivery cost',
      'carriage',
    ],
    de: [
      'Fracht',
      'Frachtkosten',
      'Versandkosten',
      'Transportkosten',
      'Lieferkosten',
      'Frachtbetrag',
    ],
  },
  unit: 'money',
  direction: 'none',
  overTime: 'sum',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: `sum(${signedOfOrder('fact.freight_amount')})`,
  scope: [],
  standing: 'placed',
  by: ORDER_CUTS, // Not by item: orders carry it once, on their header.
  owner: 'procurement',
});
