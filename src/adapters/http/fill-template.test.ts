import { expect, test } from 'vitest';
import { fillTemplate } from './fill-template.ts';

test('a value in a path cannot leave it, nor its quotes', () => {
  const fill = (template: string, value: string, where: 'path' | 'plain' = 'path') =>
    fillTemplate(template, (name) => (name === 'key' ? value : undefined), where);
  expect(fill('/orders/{key}', '../admin?x=1#y')).toBe('/orders/..%2Fadmin%3Fx%3D1%23y');
  expect(fill("/Orders('{key}')", "a' or 'b")).toBe("/Orders('a''%20or%20''b')");
  expect(fill("Number eq '{key}'", "a' or 1 eq 1", 'plain')).toBe("Number eq 'a'' or 1 eq 1'");
  expect(fill('/orders/{other}', 'x')).toBeUndefined();
});
