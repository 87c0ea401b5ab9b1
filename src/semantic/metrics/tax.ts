import { defineMetric } from '../metric.ts';
import { ORDER_CUTS, signedOfOrder } from './fragments.ts';

export const tax = defineMetric({
  name: 'tax',
  title: { en: 'Tax on purchase orders', de: 'Steuer auf Bestellungen' },
  answers: {
    en: 'How much tax stands on our purchase orders?',
    de: 'Wie viel Steuer steht auf unseren Bestellungen?',
  },
  synonyms: {
    en: [
      'tax',
      'taxes',
      'tax amount',
      'vat',
      'sales tax',
      'tax on orders',
      'tax paid',
      'how much tax',
    ],
    de: [
      'Steuer',
      'Steuern',
      'Steuerbetrag',
      'Mehrwertsteuer',
      'Umsatzsteuer',
      'Vorsteuer',
      'MwSt',
    ],
  },
  unit: 'money',
  direction: 'none',
  overTime: 'sum',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: `sum(${signedOfOrder('fact.tax_amount')})`,
  scope: [],
  standing: 'placed',
  by: ORDER_CUTS, // Not by item: orders carry it once, on their header.
  owner: 'procurement',
});
