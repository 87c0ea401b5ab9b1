import type { ReplyOf } from '#api-contract';
import type { ListQuery } from '../route.ts';
import type { Services } from '../services.ts';
import { chosenRows } from './rows-in-memory.ts';

type Query = ListQuery<'listMappingVersions'>;
type Version = ReplyOf<'listMappingVersions'>['items'][number];

/** The versions of a mapping that fit a query, newest first unless asked otherwise. */
export async function mappingVersionRows(
  { mappings }: Pick<Services, 'mappings'>,
  name: string,
  query: Query,
): Promise<readonly Version[]> {
  return chosenRows(await mappings.list(name), query, {
    search: ({ version, author, note }) => `${version} ${author ?? ''} ${note ?? ''}`,
    sorts: {
      version: ({ version }) => String(version),
      createdAt: ({ createdAt }) => createdAt,
      author: ({ author }) => author ?? undefined,
    },
    first: '-version',
    idOf: ({ version }) => String(version),
  });
}
