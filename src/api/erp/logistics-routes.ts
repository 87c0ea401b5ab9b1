import type { Handle } from '#database';
import {
  addLocations,
  correctCosts,
  listReservations,
  listShipmentLines,
  listWarehouses,
  pick,
  receiveShipments,
  release,
  reserve,
  shipStock,
  updateWarehouse,
  withdrawConsignment,
} from '#erp/inventory';
import { chargeElsewhere, listWithdrawn, notCharged } from '#erp/inventory/withdrawals';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { listed, readRoute, SHOWS_NOTHING_PERSONAL } from './reading.ts';
import { MOVEMENT_ERRORS } from './stock-document-routes.ts';
import { withUnits } from './units-of.ts';

const warehousesOf = async (handle: Handle, entity: string): Promise<ReadonlySet<string>> =>
  new Set((await listWarehouses(handle, entity)).map(({ id }) => id));

const WAREHOUSE_ROUTES = [
  bookRoute({
    name: 'updateWarehouse',
    summary: 'Renames a warehouse, lets it go below zero or not, or takes it out of use.',
    permission: 'stock:write',
    audit: { within: 'stock.warehouse-changed' },
    errors: [
      'inventory.invalid',
      'inventory.negative-stock-there',
      'inventory.unknown-warehouse',
      'inventory.version-conflict',
    ],
    book: async (tx, context, { params, body }) => [
      await updateWarehouse(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'addLocation',
    summary: 'Adds a location to a warehouse.',
    permission: 'stock:write',
    audit: { within: 'stock.location-added' },
    errors: ['inventory.code-taken', 'inventory.invalid', 'inventory.unknown-warehouse'],
    book: (tx, context, { params, body }) =>
      addLocations(tx, context, [{ ...body, warehouse: params.id }]),
  }),
] as const;

const RESERVATION_ERRORS = [
  'inventory.invalid',
  'inventory.not-enough-stock',
  'inventory.unknown-reservation',
] as const;

const RESERVATION_ROUTES = [
  route({
    name: 'listReservations',
    summary: 'Lists what is promised of stock, and for what.',
    permission: 'stock:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params, query: { item, source, open } }, { database: { kysely } }) => {
      const found = await listReservations(kysely, {
        legalEntity: params.entity,
        ...(item === undefined ? {} : { item }),
        ...(source === undefined ? {} : { sources: [source] }),
        onlyOpen: open !== 'false',
      });
      return { items: found.map((one) => ({ ...one, source: { line: '', ...one.source } })) };
    },
  }),
  bookRoute({
    name: 'reserveStock',
    summary: 'Promises free stock, never more than nobody else was promised.',
    permission: 'stock:post',
    audit: { within: 'stock.reserved' },
    errors: [
      'inventory.invalid',
      'inventory.not-enough-stock',
      'inventory.unknown-item',
      'inventory.unknown-warehouse',
    ],
    book: (tx, context, { body: { reference, ...draft } }) => {
      const source = { area: 'inventory', kind: 'reference', id: reference };
      return reserve(tx, context, [{ ...draft, source }]);
    },
  }),
  bookRoute({
    name: 'releaseReservation',
    summary: 'Gives up what of a reservation is still open.',
    permission: 'stock:post',
    audit: { within: 'stock.reservation-released' },
    errors: RESERVATION_ERRORS,
    book: (tx, context, { params }) => release(tx, context, [params.id]),
  }),
  bookRoute({
    name: 'pickReservation',
    summary: 'Takes promised stock off the shelf: it lies ready, at a place and of a batch.',
    permission: 'stock:post',
    audit: { within: 'stock.picked' },
    errors: [...RESERVATION_ERRORS, 'inventory.frozen-for-count'],
    book: (tx, context, { params, body }) =>
      pick(tx, context, [{ ...body, reservation: params.id }]),
  }),
] as const;

const SHIPMENT_ROUTES = [
  route({
    name: 'listShipments',
    summary: 'Lists what is on its way to a warehouse of the legal entity, line by line.',
    permission: 'stock:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params, query }, { database: { kysely } }) => {
      const ours = await warehousesOf(kysely, params.entity);
      const found = await listShipmentLines(kysely, query);
      return { items: found.filter(({ to }) => ours.has(to)) };
    },
  }),
  bookRoute({
    name: 'shipStock',
    summary: 'Ships stock to another warehouse: it is on its way until it is received there.',
    permission: 'stock:post',
    audit: { within: 'stock.shipped' },
    errors: MOVEMENT_ERRORS,
    book: (tx, context, { body }) => shipStock(tx, context, [body]),
  }),
  bookRoute({
    name: 'receiveShipment',
    summary: 'Receives what was shipped, never more than that.',
    permission: 'stock:post',
    audit: { within: 'stock.shipment-received' },
    errors: [...MOVEMENT_ERRORS, 'inventory.unknown-shipment'],
    book: (tx, context, { params, body }) => {
      const lines = body.lines.map((line) => ({ ...line, document: params.id }));
      return receiveShipments(tx, context, [{ ...body, lines }]);
    },
  }),
] as const;

/** Routes about stock that is promised, on its way or a supplier's, and what it cost. */
export const LOGISTICS_ROUTES = [
  ...WAREHOUSE_ROUTES,
  ...RESERVATION_ROUTES,
  ...SHIPMENT_ROUTES,
  readRoute({
    name: 'listConsignmentWithdrawals',
    summary:
      "Lists what was taken of suppliers' consignment, and how much of it is not charged yet.",
    permission: 'stock:read',
    errors: [],
    handle: ({ params, query: { open, ...query } }, { database: { kysely } }) =>
      listed(query, async (wanted) => {
        const found = await listWithdrawn(kysely, {
          ...wanted,
          legalEntity: params.entity,
          ...(open === undefined ? {} : { isOpen: open === 'true' }),
        });
        return withUnits(kysely, found);
      }),
  }),
  readRoute({
    name: 'getConsignmentNotCharged',
    summary: 'Tells whose consignment was taken and is not all charged yet, and which items.',
    permission: 'stock:read',
    errors: [],
    handle: ({ params }, { database }) => notCharged(database.kysely, params.entity),
  }),
  bookRoute({
    name: 'chargeWithdrawalElsewhere',
    summary: 'Notes that what was taken of consignment is charged otherwise; nothing is booked.',
    permission: 'payables:post',
    audit: { within: 'stock.withdrawal-charged-elsewhere' },
    errors: ['inventory.unknown-withdrawal', 'inventory.wrong-state'],
    book: async (tx, context, { params, body }) => [
      await chargeElsewhere(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'withdrawConsignment',
    summary: "Takes a supplier's consignment stock over, and tells what is owed for it.",
    permission: 'stock:post',
    audit: { within: 'stock.consignment-withdrawn' },
    errors: [...MOVEMENT_ERRORS, 'inventory.owner-missing'],
    book: (tx, context, { body }) => withdrawConsignment(tx, context, [body]),
  }),
  bookRoute({
    name: 'correctCosts',
    summary: 'Corrects what receipts cost; what is no longer there is a price variance.',
    permission: 'stock:post',
    audit: { within: 'stock.cost-corrected' },
    errors: [...MOVEMENT_ERRORS, 'inventory.unknown-movement'],
    book: (tx, context, { body }) => correctCosts(tx, context, [body]),
  }),
] as const;
