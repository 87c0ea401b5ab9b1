import type { Handle } from '#database';
import type { Services } from '../services.ts';
import { listed } from './reading.ts';
import type { ListQuery } from './reading.ts';

/** Puts the one word for where a document stands beside what it says. */
export const withStatus =
  <Found extends object, Status extends string>(statusOf: (found: Found) => Status) =>
  <Row extends Found>(row: Row): Row & { readonly status: Status } => ({
    ...row,
    status: statusOf(row),
  });

/** Handles a list of documents that stand somewhere, and may be asked for by that. */
export const listByStatus =
  <Query extends ListQuery, Status extends string, Row extends { readonly id: string }>(
    list: (
      handle: Handle,
      filter: Query & { readonly legalEntity: string; readonly statuses?: readonly Status[] },
    ) => Promise<readonly Row[]>,
    statusOf: (row: Row) => Status,
  ) =>
  (
    asked: {
      readonly params: { readonly entity: string };
      readonly query: Query & { readonly status?: readonly Status[] };
    },
    { database }: Services,
  ) =>
    listed(asked.query, async (wanted) => {
      const { status: statuses } = wanted;
      const found = await list(database.kysely, {
        ...wanted,
        ...(statuses === undefined ? {} : { statuses }),
        legalEntity: asked.params.entity,
      });
      return found.map(withStatus(statusOf));
    });
