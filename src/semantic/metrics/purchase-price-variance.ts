import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const purchasePriceVariance = defineMetric({
  name: 'purchase_price_variance',
  title: {
    en: 'Purchase price variance to supplier standard price',
    de: 'Preisabweichung zum Standardpreis des Lieferanten',
  },
  answers: {
    en: "How much more did we pay than the supplier's standard price?",
    de: 'Wie viel mehr haben wir bezahlt als den Standardpreis des Lieferanten?',
  },
  synonyms: {
    en: [
      'purchase price variance',
      'ppv',
      'price variance',
      'variance to standard',
      'standard cost variance',
      'price deviation',
      'overpaid',
      'overpayment',
      'paid above standard',
      'price difference to standard',
      'paying more than standard',
      'variance against standard price',
      'price vs standard',
      'more than standard price',
      'more than standard',
      'above standard price',
      'over standard price',
    ],
    de: [
      'Preisabweichung',
      'Einkaufspreisabweichung',
      'Preisdifferenz',
      'Abweichung zum Standardpreis',
      'Preisdifferenz zum Standard',
      'PPV',
      'zu teuer eingekauft',
      'über Standardpreis',
      'Mehrpreis',
    ],
  },
  unit: 'money',
  direction: 'down', // Positive: dearer than standard.
  overTime: 'sum',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: 'sum(fact.effective_qty * (fact.unit_price - supplier_item.standard_price))',
  joins: ['supplier_item'],
  scope: [NOT_RETURN_LINE],
  coverage: {
    rows: 'supplier_item.standard_price is not null',
    lack: {
      en: "no standard price of the supplier for the item in the order's currency",
      de: 'keinen Standardpreis des Lieferanten für den Artikel in der Währung der Bestellung',
    },
  },
  standing: 'placed',
  by: LINE_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: "Ordered quantity × (order price − the supplier's present standard price); positive means dearer.",
      de: 'Bestellte Menge × (Bestellpreis − heutiger Standardpreis des Lieferanten); positiv heißt teurer.',
    },
  ],
});
