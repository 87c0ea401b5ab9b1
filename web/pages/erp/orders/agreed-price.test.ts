import { expect, test } from 'vitest';
import { agreedServiceOf, servicePrice } from './agreed-price.ts';

const services = [
  { service: 'Maintenance', unit: 'HUR', price: '80' },
  { service: 'Maintenance of lifts', unit: 'HUR', price: '95' },
  { service: 'Cleaning' },
];

test('a line means the longest service that its words begin with', () => {
  expect(agreedServiceOf(services, ' maintenance of  Lifts in March')).toBe(services[1]);
  expect(agreedServiceOf(services, 'Maintenance of doors')).toBe(services[0]);
  expect(agreedServiceOf(services, 'Maintenances')).toBeUndefined();
});

test('its price is proposed in the unit that it is agreed in', () => {
  const line = { item: undefined, text: 'Maintenance', unit: 'HUR' };
  const proposed = { unitPrice: '80', priceBase: '1', source: 'agreement' };
  expect(servicePrice(services, line)).toEqual(proposed);
  expect(servicePrice(services, { ...line, unit: 'DAY' })).toBeUndefined();
  expect(servicePrice(services, { ...line, text: 'Cleaning' })).toBeUndefined();
});
