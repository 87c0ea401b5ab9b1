-- A machine, a group of them, or people, that operations are done at.
create table erp_production.work_centre (
  id text primary key,
  legal_entity text not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  kind text not null check (kind in ('machine', 'labour', 'line')),
  cost_centre text,
  machines integer not null check (machines > 0), -- Places that work side by side.
  hours_per_day numeric not null check (hours_per_day > 0 and hours_per_day <= 24), -- Of each.
  weekdays jsonb not null, -- 1 Monday to 7 Sunday.
  status text not null default 'active' check (status in ('active', 'inactive')),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code)
);
-- What an hour costs, from a day on. Company currency.
create table erp_production.work_centre_rate (
  work_centre text not null references erp_production.work_centre,
  valid_from date not null,
  machine_rate numeric not null check (machine_rate >= 0),
  labour_rate numeric not null check (labour_rate >= 0),
  created_by text not null,
  created_at timestamptz not null,
  primary key (work_centre, valid_from)
);

-- How an item is made, in one version.
create table erp_production.routing (
  id text primary key,
  legal_entity text not null,
  item text not null,
  version text not null check (version <> ''),
  base_quantity numeric not null check (base_quantity > 0), -- That the run times are for.
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, item, version)
);
create table erp_production.routing_operation (
  routing text not null references erp_production.routing,
  number integer not null check (number > 0),
  kind text not null check (kind in ('inside', 'outside')),
  name text not null check (name <> ''),
  work_centre text references erp_production.work_centre,
  setup_seconds integer not null default 0 check (setup_seconds >= 0),
  run_seconds numeric not null default 0 check (run_seconds >= 0),
  supplier text,
  supplier_warehouse text, -- Where what we provide lies at the supplier's.
  unit_price numeric check (unit_price >= 0), -- Planned; company currency, per base unit of the item.
  primary key (routing, number),
  check ((kind = 'inside') = (work_centre is not null)),
  check ((kind = 'outside') = (supplier is not null)),
  check ((kind = 'outside') = (unit_price is not null))
);

-- `decision` is what people decided; how far it has come is computed from what was posted.
create table erp_production.work_order (
  id text primary key,
  legal_entity text not null,
  number text not null,
  item text not null,
  quantity numeric not null check (quantity > 0), -- That is begun with, in the item's base unit.
  warehouse text not null,
  decision text not null check (decision in ('planned', 'released', 'cancelled', 'closed')),
  progress text not null default 'open' check (progress in ('open', 'in-progress', 'completed')),
  planned_start_on date not null,
  planned_end_on date not null,
  frozen_end_on date, -- As planned when it was released: on time is measured against it.
  bom text,
  routing text references erp_production.routing,
  batch text, -- Of what is made, when nobody says otherwise.
  sales_order text,
  sales_order_line integer,
  project text,
  text text not null default '',
  over_percent_max numeric not null default 0 check (over_percent_max between 0 and 100),
  unit_cost numeric check (unit_cost >= 0), -- Planned, frozen at release; company currency.
  released_at timestamptz,
  closed_on date,
  started_at timestamptz, -- These five are kept by triggers alone.
  finished_at timestamptz,
  good numeric not null default 0, -- Of the last operation.
  received numeric not null default 0 check (received >= 0),
  wip numeric not null default 0, -- Company currency: the sum of its posting lines.
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check (planned_end_on >= planned_start_on),
  check ((decision in ('released', 'closed')) <= (unit_cost is not null and routing is not null
    and frozen_end_on is not null)),
  constraint closed_orders_are_settled check (decision not in ('closed', 'cancelled') or wip = 0),
  constraint received_is_made check (received <= good)
) with (fillfactor = 70);
create index work_order_by_day on erp_production.work_order (legal_entity, planned_start_on, id);
create index work_order_by_item on erp_production.work_order (item, planned_start_on);
create index work_order_unfinished on erp_production.work_order (legal_entity, id)
  where decision in ('planned', 'released');

-- The routing and the bill as they were when the order was released.
create table erp_production.work_order_operation (
  order_id text not null references erp_production.work_order,
  number integer not null,
  kind text not null check (kind in ('inside', 'outside')),
  name text not null,
  work_centre text references erp_production.work_centre,
  setup_seconds integer not null,
  run_seconds numeric not null, -- For `base_quantity`.
  base_quantity numeric not null check (base_quantity > 0),
  machine_rate numeric not null, -- Planned, an hour; what is posted takes the rate of its day.
  labour_rate numeric not null,
  supplier text,
  supplier_warehouse text,
  unit_price numeric,
  good numeric not null default 0 check (good >= 0), -- From here on kept by triggers alone.
  scrap numeric not null default 0 check (scrap >= 0),
  rework numeric not null default 0 check (rework >= 0),
  setup_done integer not null default 0 check (setup_done >= 0),
  run_done integer not null default 0 check (run_done >= 0),
  labour_done integer not null default 0 check (labour_done >= 0),
  down_done integer not null default 0 check (down_done >= 0),
  finals integer not null default 0 check (finals in (0, 1)), -- 1: nothing more is done here.
  shipped numeric not null default 0 check (shipped >= 0), -- To the supplier.
  cost numeric not null default 0, -- Machine, labour and supplier.
  primary key (order_id, number)
) with (fillfactor = 70);
create index work_order_operation_by_centre
  on erp_production.work_order_operation (work_centre, order_id) where work_centre is not null;
create table erp_production.work_order_component (
  order_id text not null,
  number integer not null,
  operation integer not null,
  item text not null,
  required numeric not null check (required > 0), -- For the whole order, in the item's base unit.
  unit_cost numeric not null check (unit_cost >= 0), -- Planned.
  is_backflushed boolean not null,
  issued numeric not null default 0 check (issued >= 0), -- These two are kept by triggers alone.
  issued_value numeric not null default 0,
  primary key (order_id, number),
  foreign key (order_id, operation) references erp_production.work_order_operation
) with (fillfactor = 70);
create index work_order_component_by_item on erp_production.work_order_component (item);

-- What happened to an order. Posted when it is written; never changed, only reversed.
create table erp_production.posting (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check
    (kind in ('confirmation', 'issue', 'receipt', 'shipment', 'settlement', 'reversal')),
  order_id text not null references erp_production.work_order,
  posted_on date not null,
  reason text,
  entry_id text,
  goods_receipt text, -- Of the supplier's service.
  stock_document text, -- The transfer of what we provide.
  reverses text unique references erp_production.posting,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((kind = 'reversal') = (reverses is not null))
);
create index posting_by_order on erp_production.posting (order_id, id);
create index posting_by_day on erp_production.posting (legal_entity, posted_on, id);

-- What was done at an operation. A reversal has its own row below zero.
create table erp_production.confirmation (
  posting_id text primary key references erp_production.posting,
  order_id text not null,
  operation integer not null,
  good numeric not null,
  scrap numeric not null,
  scrap_reason text,
  rework numeric not null,
  rework_reason text,
  setup_seconds integer not null,
  run_seconds integer not null,
  labour_seconds integer not null,
  down_seconds integer not null,
  down_reason text,
  machine text,
  employee text,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  finals integer not null check (finals between -1 and 1),
  foreign key (order_id, operation) references erp_production.work_order_operation,
  check (ended_at >= started_at),
  check (scrap = 0 or scrap_reason is not null),
  check (rework = 0 or rework_reason is not null),
  check (down_seconds = 0 or down_reason is not null)
);
create index confirmation_by_order on erp_production.confirmation (order_id, operation);

-- Pieces that went to a supplier for an operation there.
create table erp_production.shipment (
  posting_id text primary key references erp_production.posting,
  order_id text not null,
  operation integer not null,
  quantity numeric not null check (quantity <> 0),
  foreign key (order_id, operation) references erp_production.work_order_operation
);

-- What a posting adds to work in progress (plus) or takes from it (minus).
create table erp_production.posting_line (
  posting_id text not null references erp_production.posting,
  number integer not null check (number > 0),
  order_id text not null references erp_production.work_order,
  kind text not null check (kind in ('material', 'machine', 'labour', 'outside', 'product',
    'by-product', 'price-variance', 'usage-variance', 'time-variance', 'scrap-variance',
    'other-variance')),
  operation integer,
  component integer,
  item text,
  quantity numeric, -- Base unit: of material to the order, of products from it.
  warehouse text,
  location text,
  batch text,
  movement text,
  cost_centre text,
  amount numeric not null, -- Company currency.
  primary key (posting_id, number),
  check ((kind in ('material', 'product', 'by-product')) = (movement is not null)),
  check ((kind = 'material') = (component is not null))
);
create index posting_line_by_order on erp_production.posting_line (order_id);

-- Services that were ordered from suppliers for operations.
create table erp_production.outside_order (
  purchase_order text not null,
  purchase_order_line integer not null,
  order_id text not null,
  operation integer not null,
  quantity numeric not null check (quantity > 0),
  primary key (purchase_order, purchase_order_line),
  foreign key (order_id, operation) references erp_production.work_order_operation
);
create index outside_order_by_order on erp_production.outside_order (order_id, operation);

-- Stops of work centres. One that still lasts has no end.
create table erp_production.downtime (
  id text primary key,
  legal_entity text not null,
  work_centre text not null references erp_production.work_centre,
  machine text not null default '', -- '' is the whole work centre.
  is_planned boolean not null,
  reason text not null check (reason <> ''),
  order_id text references erp_production.work_order,
  started_at timestamptz not null,
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  check (ended_at >= started_at)
);
create index downtime_by_centre on erp_production.downtime (work_centre, started_at);
create unique index downtime_lasts_once on erp_production.downtime (work_centre, machine)
  where ended_at is null;
