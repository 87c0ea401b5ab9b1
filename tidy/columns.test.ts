/** What a list of the embedded ERP hands over as a file has a German heading over each column. */
import { expect, test } from 'vitest';
import { textOf } from './source-files.ts';

const read = (file: string): unknown => JSON.parse(textOf(file));

/** What lies under names in a document; nothing where one of them is not there. */
const under = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** A schema and all that it is a choice or a sum of. */
function partsOf(schema: unknown): readonly unknown[] {
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((how) => entriesOf(under(schema, how)));
  return [schema, ...choices.flatMap(([, part]) => partsOf(part))];
}

const SCALARS = ['string', 'number', 'integer', 'boolean'];
const isScalar = (schema: unknown): boolean =>
  partsOf(schema)
    .flatMap((part) => [under(part, 'type')].flat())
    .some((type) => SCALARS.includes(String(type)));

const columnsOf = (row: unknown): readonly string[] =>
  partsOf(row)
    .flatMap((part) => entriesOf(under(part, 'properties')))
    .flatMap(([name, schema]) => (isScalar(schema) ? [name] : []));

const rowOf = (route: unknown): unknown => {
  const answer = under(route, 'get', 'responses', '200', 'content', 'application/json', 'schema');
  return under(answer, 'properties', 'items', 'items');
};

test('each column of each list of the books has a German heading, and no heading is for nothing', () => {
  const routes = entriesOf(under(read('src/api/golden/openapi.json'), 'paths'));
  const lists = routes.filter(([path]) => path.startsWith('/v1/erp'));
  const columns = new Set(lists.flatMap(([, route]) => columnsOf(rowOf(route))));
  expect(columns.size).toBeGreaterThan(250);

  const headings = entriesOf(read('web/locales/columns.de.json')).map(([name]) => name);
  const words = [read('web/locales/de.json'), under(read('web/locales/erp.de.json'), 'erp')];
  const ofForms = words.flatMap((one) => entriesOf(under(one, 'field')).map(([name]) => name));
  const known = new Set([...headings, ...ofForms]);
  expect([...columns].filter((column) => !known.has(column))).toEqual([]);
  expect(headings.filter((name) => !columns.has(name) || ofForms.includes(name))).toEqual([]);
});
