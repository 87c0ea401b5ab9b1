import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import {
  agingOf,
  allocate,
  allocationsOf,
  companyOpenOf,
  findOpenItems,
  itemsOfDocuments,
  listOpenItems,
  markOpenItems,
  openOf,
  reverseAllocations,
} from '#erp/open-items';
import type { AllocationDraft, Mark, OpenItem, OpenItemFilter, Side } from '#erp/open-items';
import type { LocalDate } from '#kernel/time';
import { notThere } from '../errors.ts';
import type { Services } from '../services.ts';
import { listed, showBy } from './reading.ts';
import { todayOf } from './today-of.ts';

type InBooks = { readonly params: { readonly entity: string } };
type ById = { readonly params: { readonly entity: string; readonly id: string } };
type ListRequest = InBooks & { readonly query: Omit<OpenItemFilter, 'side' | 'legalEntity'> };
type ReverseRequest = ById & {
  readonly body: { readonly allocation: string; readonly on: LocalDate };
};
type AgingRequest = InBooks & {
  readonly query: { readonly asOf: LocalDate; readonly party?: string };
};

/** An open item with what is still owed of it. */
const shownItem = (item: OpenItem) => ({
  ...item,
  open: openOf(item),
  companyOpen: companyOpenOf(item),
});

/** Handles one invoice of the legal entity in the path, with what is open of it. */
export const showInvoiceBy =
  <Invoice extends { readonly id: string; readonly legalEntity: string }>(
    find: (handle: Handle, ids: readonly string[]) => Promise<ReadonlyMap<string, Invoice>>,
  ) =>
  async (request: ById, services: Services) => {
    const invoice = await showBy(find)(request, services);
    const { kysely } = services.database;
    const items = (await itemsOfDocuments(kysely, [invoice.id])).get(invoice.id) ?? [];
    return { invoice, items: items.map(shownItem) };
  };

/** What can be asked and done about the open items of one side. */
export const openItemsOf = (side: Side) => ({
  list: async ({ params: { entity }, query }: ListRequest, { database, clock }: Services) => {
    const { kysely } = database;
    const asOf = await todayOf(kysely, clock, entity);
    return await listed(query, async (wanted) => {
      const found = await listOpenItems(kysely, { asOf, ...wanted, legalEntity: entity, side });
      return found.map(shownItem);
    });
  },
  show: async ({ params: { entity, id } }: ById, { database: { kysely } }: Services) => {
    const item = await ours(kysely, { side, entity, id });
    return { item: shownItem(item), allocations: await allocationsOf(kysely, id) };
  },
  aging: async ({ params, query }: AgingRequest, { database: { kysely } }: Services) => ({
    items: await agingOf(kysely, { ...query, legalEntity: params.entity, side }),
  }),
  mark: async (
    tx: Handle,
    { legalEntity: entity }: ErpContext,
    { params: { id }, body }: ById & { readonly body: Omit<Mark, 'id'> },
  ) => {
    await ours(tx, { side, entity, id });
    return await markOpenItems(tx, [{ ...body, id }]);
  },
  allocate: async (
    tx: Handle,
    context: ErpContext,
    { body }: { readonly body: AllocationDraft },
  ) => {
    const { legalEntity: entity } = context;
    await ours(tx, { side, entity, id: body.raising });
    await ours(tx, { side, entity, id: body.lowering });
    return await allocate(tx, context, [body]);
  },
  reverse: async (tx: Handle, context: ErpContext, { params: { id }, body }: ReverseRequest) => {
    const { allocation, on } = body;
    await ours(tx, { side, entity: context.legalEntity, id });
    if (!(await allocationsOf(tx, id)).some((each) => each.id === allocation)) {
      throw notThere('api.no-such-record', `allocation ${allocation} of ${id}`);
    }
    return await reverseAllocations(tx, context, [{ id: allocation, on }]);
  },
});

/** An open item of this side of these books; another's is not there. */
async function ours(
  handle: Handle,
  { side, entity, id }: { readonly side: Side; readonly entity: string; readonly id: string },
): Promise<OpenItem> {
  const item = (await findOpenItems(handle, [id])).get(id);
  if (item?.legalEntity === entity && item.side === side) return item;
  throw notThere('api.no-such-record', `open item ${id} of ${entity}`);
}
