import type { Integration } from '#api-contract';
import type { ListQuery } from '../route.ts';
import type { Services } from '../services.ts';
import { chosenRows } from './rows-in-memory.ts';

type Query = ListQuery<'listIntegrations'>;

const WORST_FIRST = ['failing', 'held', 'attention', 'good'];

/** The sources that fit a query, by name unless asked otherwise. */
export async function integrationRows(
  { sources, health }: Pick<Services, 'sources' | 'health'>,
  query: Query,
): Promise<readonly Integration[]> {
  const all = (await sources.list()).filter(
    ({ adapter }) => query.adapter === undefined || adapter === query.adapter,
  );
  const standings = new Map<string, string>();
  if (query.standing !== undefined || query.sort?.endsWith('standing') === true) {
    for (const { name } of all) standings.set(name, (await health.of(name)).standing);
  }
  const fitting = all.filter(
    ({ name }) => query.standing === undefined || standings.get(name) === query.standing,
  );
  return chosenRows(fitting, query, {
    search: ({ name, adapter, mapping }) => `${name} ${adapter} ${mapping}`,
    sorts: {
      name: ({ name }) => name,
      createdAt: ({ createdAt }) => createdAt,
      standing: ({ name }) => String(WORST_FIRST.indexOf(standings.get(name) ?? 'good')),
    },
    first: 'name',
    idOf: ({ name }) => name,
  });
}
