import { defineMetric } from '../metric.ts';
import { LINE_CUTS, LINE_NET, NOT_RETURN_LINE } from './fragments.ts';

export const averageUnitPrice = defineMetric({
  name: 'average_unit_price',
  title: { en: 'Average unit price', de: 'Durchschnittlicher Stückpreis' },
  answers: {
    en: 'What did we pay per unit of an item, on average?',
    de: 'Was haben wir im Durchschnitt je Einheit eines Artikels bezahlt?',
  },
  synonyms: {
    en: [
      'average price',
      'unit price',
      'average unit cost',
      'price per unit',
      'price paid',
      'mean price',
      'average purchase price',
      'average price paid',
      'cost per unit',
      'how much per unit',
      'unit cost',
    ],
    de: [
      'Durchschnittspreis',
      'durchschnittlicher Preis',
      'Stückpreis',
      'Preis pro Stück',
      'Einkaufspreis',
      'Preis je Einheit',
      'durchschnittlicher Einkaufspreis',
      'mittlerer Preis',
      'bezahlter Preis',
    ],
  },
  unit: 'money',
  direction: 'down',
  overTime: 'ratio',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: `sum(${LINE_NET})`,
  denominator: 'sum(fact.effective_qty)',
  scope: [NOT_RETURN_LINE, 'fact.net_amount <> 0'], // Free goods have no price.
  standing: 'placed',
  by: LINE_CUTS,
  needs: ['item'], // The mean over a bolt and a frame says nothing.
  owner: 'procurement',
});
