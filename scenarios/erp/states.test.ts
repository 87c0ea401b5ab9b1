/** The printed status machines are the ones that run: each table's steps are those the areas allow. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STEPS as PRODUCTION } from '#erp/production';
import { STEPS as PROJECTS } from '#erp/projects';
import { STEPS as PURCHASING } from '#erp/purchasing';
import { REQUISITION_STEPS } from '#erp/purchasing/requisitions';
import { STEPS as SALES } from '#erp/sales';
import { QUOTATION_STEPS } from '#erp/sales/quotations';
import { STEPS as SUBSCRIPTIONS } from '#erp/subscriptions';

const guide = readFileSync(
  join(import.meta.dirname, '../../docs/guides/embedded-erp-states.md'),
  'utf8',
);

test.each([
  ['Purchase order', PURCHASING],
  ['Requisition', REQUISITION_STEPS],
  ['Sales order', SALES],
  ['Quotation', QUOTATION_STEPS],
  ['Work order', PRODUCTION],
  ['Project', PROJECTS],
  ['Subscription', SUBSCRIPTIONS],
])('%s', (heading, steps: Readonly<Record<string, readonly string[]>>) => {
  const [, section = ''] = guide.split(`## ${heading}\n`);
  const rows =
    section.split('\n## ')[0]?.matchAll(/^\| ([a-z-]+) \|.*\| ?([a-z, -]*) ?\|$/gm) ?? [];
  const printed = [...rows].flatMap(([, status = '', cell = '']) =>
    cell
      .split(',')
      .map((step) => step.trim())
      .filter((step) => step !== '' && step !== 'steps')
      .map((step) => `${step} ${status}`),
  );
  const allowed = Object.entries(steps).flatMap(([step, from]) =>
    from.map((status) => `${step} ${status}`),
  );
  expect(printed.toSorted()).toEqual(allowed.toSorted());
});
