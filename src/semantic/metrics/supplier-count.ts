import { defineMetric } from '../metric.ts';
import { ON_FILE_TODAY, SUPPLIER_CUTS } from './fragments.ts';

export const supplierCount = defineMetric({
  name: 'supplier_count',
  title: { en: 'Suppliers on file', de: 'Lieferanten im Stamm' },
  answers: {
    en: 'How many suppliers do we have?',
    de: 'Wie viele Lieferanten haben wir?',
  },
  synonyms: {
    en: [
      'number of suppliers on file',
      'number of suppliers',
      'number of vendors',
      'how many suppliers',
      'how many vendors',
      'supplier count',
      'vendor count',
      'suppliers in the system',
      'registered suppliers',
      'vendor master',
      'supplier master',
      'all suppliers',
    ],
    de: [
      'Anzahl Lieferanten',
      'Anzahl der Lieferanten',
      'wie viele Lieferanten',
      'Lieferantenanzahl',
      'Lieferantenstamm',
      'angelegte Lieferanten',
      'Anzahl Kreditoren',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'last',
  fact: 'dim_supplier',
  numerator: 'count(*)',
  scope: ['fact.supplier_key <> -1', 'not fact.deleted'],
  standing: 'any',
  by: SUPPLIER_CUTS,
  owner: 'procurement',
  assumptions: [ON_FILE_TODAY],
});
