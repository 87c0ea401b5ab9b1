import { defineMetric } from '../metric.ts';
import { AGREEMENT_CUTS } from './fragments.ts';

export const supplierPrice = defineMetric({
  name: 'supplier_price',
  title: { en: 'Agreed price', de: 'Vereinbarter Preis' },
  answers: {
    en: 'What does a supplier charge for an item, as agreed?',
    de: 'Was berechnet ein Lieferant laut Vereinbarung für einen Artikel?',
  },
  synonyms: {
    en: [
      'agreed price',
      'supplier price',
      'suppliers price',
      'list price of supplier',
      'standard price of supplier',
      'quoted price',
      'price agreed',
      'catalogue price',
      'price list',
      'agreed unit price',
    ],
    de: [
      'vereinbarter Preis',
      'Lieferantenpreis',
      'Lieferantenpreise',
      'Listenpreis des Lieferanten',
      'Standardpreis des Lieferanten',
      'Preisliste',
      'Preise laut Vereinbarung',
    ],
  },
  unit: 'money',
  direction: 'down',
  overTime: 'ratio',
  fact: 'dim_supplier_item',
  numerator: 'sum(fact.standard_price)',
  denominator: 'count(fact.standard_price)',
  scope: ['fact.supplier_key <> -1', 'fact.item_key <> -1'],
  standing: 'any',
  by: AGREEMENT_CUTS,
  needs: ['item'], // The mean over a bolt and a frame says nothing.
  owner: 'procurement',
  assumptions: [
    {
      en: "The supplier's present standard price for the item; over several suppliers, their mean.",
      de: 'Der heutige Standardpreis des Lieferanten für den Artikel; über mehrere Lieferanten deren Mittel.',
    },
  ],
});
