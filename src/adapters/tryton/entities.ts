/** What is read from Tryton, as data: models, fields, parts, and where a change shows. */
import type { Sent } from './wire.ts';

/** The parts of a document, read with the documents of a page in one call. */
export type Part = {
  readonly as: string; // The list's name in the document.
  readonly model: string;
  readonly parent: string; // The part's field that names its document.
  readonly reference?: true; // That field holds 'model,id' instead of an id.
  readonly where?: readonly Sent[];
  readonly fields: readonly string[];
};

/** Where a change of a document shows: in its own row, or in one that belongs to it. */
export type Stream = {
  readonly model: string;
  readonly to: string; // The field that names the document: 'id' for its own row.
  readonly where?: readonly Sent[];
};

export type Entity = {
  readonly model: string;
  readonly where?: readonly Sent[];
  readonly fields: readonly string[];
  readonly parts?: readonly Part[];
  readonly streams: readonly Stream[]; // None: only read whole.
  readonly inCompanyCurrency?: true; // Amounts that no currency of their own stands beside.
};

const MOVE_FIELDS = [
  'state',
  'product',
  'product.code',
  'quantity',
  'uom.symbol',
  'unit_price',
  'origin',
  'effective_date',
  'planned_date',
];

/** The entities, by the name that mappings read `from`. Stock balances are no rows of Tryton's. */
export const ENTITIES: Readonly<Record<string, Entity>> = {
  parties: {
    model: 'party.party',
    fields: ['code', 'name', 'active', 'website', 'supplier_payment_term.name'],
    parts: [
      {
        as: 'addresses',
        model: 'party.address',
        parent: 'party',
        fields: ['street', 'postal_code', 'city', 'country.code', 'subdivision.name', 'active'],
      },
      { as: 'identifiers', model: 'party.identifier', parent: 'party', fields: ['type', 'code'] },
    ],
    streams: [
      { model: 'party.party', to: 'id' },
      { model: 'party.address', to: 'party' },
      { model: 'party.identifier', to: 'party' },
    ],
  },
  products: {
    model: 'product.product',
    fields: [
      'code',
      'name',
      'active',
      'type',
      'consumable',
      'default_uom.symbol',
      'purchase_uom.symbol',
      'cost_price',
      'list_price',
      'purchasable',
      'producible',
      'account_category.name',
    ],
    parts: [
      {
        as: 'identifiers',
        model: 'product.identifier',
        parent: 'product',
        fields: ['type', 'code'],
      },
    ],
    inCompanyCurrency: true,
    streams: [
      { model: 'product.product', to: 'id' },
      { model: 'product.template', to: 'products' },
      { model: 'product.identifier', to: 'product' },
    ],
  },
  warehouses: {
    model: 'stock.location',
    where: [['type', '=', 'warehouse']],
    fields: ['code', 'name', 'active', 'address.city', 'address.country'],
    parts: [
      {
        as: 'locations',
        model: 'stock.location',
        parent: 'parent',
        where: [['type', 'in', ['storage', 'view']]],
        fields: ['code', 'name', 'type', 'active'],
      },
    ],
    streams: [],
  },
  purchases: {
    model: 'purchase.purchase',
    fields: [
      'number',
      'reference',
      'description',
      'state',
      'purchase_date',
      'delivery_date',
      'party',
      'party.name',
      'currency.code',
      'warehouse',
      'payment_term.name',
      'untaxed_amount',
      'tax_amount',
      'total_amount',
      'shipment_state',
      'invoice_state',
      'invoice_method',
      'comment',
    ],
    parts: [
      {
        as: 'lines',
        model: 'purchase.line',
        parent: 'purchase',
        where: [['type', '=', 'line']],
        fields: [
          'sequence',
          'product',
          'product.code',
          'description',
          'quantity',
          'unit.symbol',
          'unit_price',
          'amount',
          'delivery_date',
          'moves',
        ],
      },
    ],
    streams: [
      { model: 'purchase.purchase', to: 'id' },
      { model: 'purchase.line', to: 'purchase' },
      { model: 'stock.move', to: 'purchase', where: [['origin', 'like', 'purchase.line,%']] },
    ],
  },
  'supplier-shipments': {
    model: 'stock.shipment.in',
    fields: [
      'number',
      'reference',
      'state',
      'planned_date',
      'effective_date',
      'supplier',
      'supplier.name',
      'warehouse',
    ],
    parts: [
      {
        as: 'moves',
        model: 'stock.move',
        parent: 'shipment',
        reference: true,
        where: [['from_location.type', '=', 'supplier']],
        fields: MOVE_FIELDS,
      },
    ],
    streams: [
      { model: 'stock.shipment.in', to: 'id' },
      { model: 'stock.move', to: 'shipment', where: [['shipment', 'like', 'stock.shipment.in,%']] },
    ],
  },
  'supplier-invoices': {
    model: 'account.invoice',
    where: [['type', '=', 'in']],
    fields: [
      'number',
      'reference',
      'description',
      'state',
      'invoice_date',
      'accounting_date',
      'party',
      'party.name',
      'currency.code',
      'untaxed_amount',
      'tax_amount',
      'total_amount',
      'amount_to_pay',
    ],
    parts: [
      {
        as: 'lines',
        model: 'account.invoice.line',
        parent: 'invoice',
        where: [['type', '=', 'line']],
        fields: [
          'product',
          'product.code',
          'description',
          'quantity',
          'unit.symbol',
          'unit_price',
          'amount',
          'account.code',
          'origin',
        ],
      },
      {
        as: 'taxes',
        model: 'account.invoice.tax',
        parent: 'invoice',
        fields: ['description', 'base', 'amount', 'tax.name'],
      },
    ],
    streams: [
      { model: 'account.invoice', to: 'id', where: [['type', '=', 'in']] },
      {
        model: 'account.invoice.line',
        to: 'invoice',
        where: [['invoice.type', '=', 'in']],
      },
    ],
  },
  'stock-moves': {
    model: 'stock.move',
    fields: [
      ...MOVE_FIELDS,
      'currency.code',
      'from_location.name',
      'from_location.type',
      'from_location.warehouse',
      'to_location.name',
      'to_location.type',
      'to_location.warehouse',
      'shipment',
    ],
    streams: [{ model: 'stock.move', to: 'id' }],
  },
  inventories: {
    model: 'stock.inventory',
    fields: ['number', 'date', 'state', 'location.name', 'location.warehouse'],
    parts: [
      {
        as: 'lines',
        model: 'stock.inventory.line',
        parent: 'inventory',
        fields: ['product', 'product.code', 'uom.symbol', 'expected_quantity', 'quantity'],
      },
    ],
    streams: [
      { model: 'stock.inventory', to: 'id' },
      { model: 'stock.inventory.line', to: 'inventory' },
    ],
  },
  productions: {
    model: 'production',
    fields: [
      'number',
      'reference',
      'state',
      'product',
      'product.code',
      'quantity',
      'uom.symbol',
      'warehouse',
      'planned_start_date',
      'planned_date',
      'effective_start_date',
      'effective_date',
    ],
    parts: [
      { as: 'inputs', model: 'stock.move', parent: 'production_input', fields: MOVE_FIELDS },
      { as: 'outputs', model: 'stock.move', parent: 'production_output', fields: MOVE_FIELDS },
    ],
    streams: [
      { model: 'production', to: 'id' },
      { model: 'stock.move', to: 'production_input', where: [['production_input', '!=', null]] },
      { model: 'stock.move', to: 'production_output', where: [['production_output', '!=', null]] },
    ],
  },
};

/** Computed by Tryton when asked, per warehouse and product. */
export const BALANCES = 'stock-balances';
