import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import {
  cancelWorkOrders,
  changeComponents,
  changeWorkOrders,
  closeWorkOrders,
  createWorkOrders,
  findWorkOrders,
  listWorkOrders,
  orderEvents,
  releaseWorkOrders,
  reserveMaterials,
  statusOf,
} from '#erp/production';
import type { WorkOrder } from '#erp/production';
import { listOutsideOrders } from '#erp/production/outside';
import { findOrders } from '#erp/sales';
import { notThere } from '../errors.ts';
import { bookRoute } from './book-route.ts';
import { readRoute, there } from './reading.ts';
import { unitsOf } from './units-of.ts';
import { listByStatus, withStatus } from './with-status.ts';

/** Why a step of a work order is refused. */
export const STEP_ERRORS = [
  'production.moved-on',
  'production.no-such-order',
  'production.not-in-this-state',
] as const;

/** A work order of the legal entity in the path. */
const workOrderOf = async (
  handle: Handle,
  params: { readonly entity: string; readonly id: string },
): Promise<WorkOrder> => there((await findWorkOrders(handle, [params.id])).get(params.id), params);

/** Work orders, with what is made and each component in the unit that it is counted in. */
async function withTheirUnits(handle: Handle, orders: readonly WorkOrder[]) {
  const items = orders.flatMap(({ item, components }) => [
    item,
    ...components.map((component) => component.item),
  ]);
  const unitOf = await unitsOf(handle, items);
  return orders.map((order) => ({
    ...order,
    unit: unitOf(order.item),
    components: order.components.map((one) => ({ ...one, unit: unitOf(one.item) })),
  }));
}

const listWithUnits = async (handle: Handle, filter: Parameters<typeof listWorkOrders>[1]) =>
  withTheirUnits(handle, await listWorkOrders(handle, filter));

const READ_ROUTES = [
  readRoute({
    name: 'listWorkOrders',
    summary: 'Lists work orders with operations and components, the newest planned start first.',
    permission: 'production:read',
    errors: [],
    handle: listByStatus(listWithUnits, statusOf),
  }),
  readRoute({
    name: 'getWorkOrder',
    summary: 'Shows a work order: what was made, used and spent, and what is ordered outside.',
    permission: 'production:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database: { kysely } }) => {
      const order = await workOrderOf(kysely, params);
      const outsideOrders = await listOutsideOrders(kysely, [order.id]);
      const shown = (await withTheirUnits(kysely, [order])).map(withStatus(statusOf));
      return { ...there(shown[0], params), outsideOrders };
    },
  }),
  readRoute({
    name: 'getWorkOrderHistory',
    summary: 'Shows what people did with a work order, the oldest first.',
    permission: 'production:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database: { kysely } }) => {
      const { id } = await workOrderOf(kysely, params);
      return { items: await orderEvents(kysely, id) };
    },
  }),
] as const;

/** Work orders: planned, released, planned anew, cancelled, closed. */
export const WORK_ORDER_ROUTES = [
  ...READ_ROUTES,
  bookRoute({
    name: 'createWorkOrder',
    summary: 'Plans a work order; nothing is reserved or frozen before it is released.',
    permission: 'production:write',
    audit: { within: 'production.order-created' },
    errors: [
      'api.no-such-record',
      'production.bad-order',
      'production.bad-quantity',
      'production.no-such-item',
    ],
    book: async (tx, context, { body: { salesOrder, ...draft } }) => {
      const madeFor = salesOrder === undefined ? undefined : await lineOf(tx, context, salesOrder);
      const more = madeFor === undefined ? {} : { salesOrder: madeFor };
      return await createWorkOrders(tx, context, [{ ...draft, ...more }]);
    },
  }),
  bookRoute({
    name: 'changeWorkOrder',
    summary: 'Plans a work order anew: other days; another quantity until it is released.',
    permission: 'production:write',
    audit: { within: 'production.order-changed' },
    errors: [...STEP_ERRORS, 'production.bad-order', 'production.bad-quantity'],
    book: (tx, context, { params, body }) =>
      changeWorkOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'changeWorkOrderComponents',
    summary: 'Changes what a released work order needs: more, less, something else.',
    permission: 'production:write',
    audit: { within: 'production.components-changed' },
    errors: [
      ...STEP_ERRORS,
      'production.already-issued',
      'production.bad-order',
      'production.bad-quantity',
      'production.no-such-component',
      'production.no-such-item',
      'production.no-such-operation',
      'production.operation-done',
      'production.reason-missing',
    ],
    book: (tx, context, { params, body }) =>
      changeComponents(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'releaseWorkOrder',
    summary: 'Releases a work order: freezes bill and routing, reserves material, says what lacks.',
    permission: 'production:write',
    audit: { within: 'production.order-released' },
    errors: [
      ...STEP_ERRORS,
      'production.bad-order',
      'production.no-bom',
      'production.no-rate',
      'production.no-routing',
    ],
    book: (tx, context, { params, body }) =>
      releaseWorkOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'reserveWorkOrderMaterials',
    summary: 'Reserves what has come since for a released order, and says what is still missing.',
    permission: 'production:write',
    audit: { within: 'production.materials-reserved' },
    errors: STEP_ERRORS,
    book: (tx, context, { params, body }) =>
      reserveMaterials(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'cancelWorkOrder',
    summary: 'Cancels a work order that nothing was done on; what it had reserved is free again.',
    permission: 'production:write',
    audit: { within: 'production.order-cancelled' },
    errors: STEP_ERRORS,
    book: (tx, context, { params, body }) =>
      cancelWorkOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'closeWorkOrder',
    summary: 'Closes a work order: what is left of its cost becomes variance, split by reasons.',
    permission: 'production:post',
    audit: { within: 'production.order-closed' },
    errors: [...STEP_ERRORS, 'production.journal-refused', 'production.not-received'],
    book: (tx, context, { params, body }) =>
      closeWorkOrders(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

/** The line of a sales order of these books that a work order is made for. */
async function lineOf(
  tx: Handle,
  { legalEntity: entity }: ErpContext,
  { id, line }: { readonly id: string; readonly line: number },
): Promise<{ readonly id: string; readonly number: string; readonly line: number }> {
  const { number, lines } = there((await findOrders(tx, [id])).get(id), { entity, id });
  if (lines.some((each) => each.number === line)) return { id, number, line };
  throw notThere('api.no-such-record', `line ${line} of ${number}`);
}
