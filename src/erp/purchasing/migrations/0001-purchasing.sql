create table erp_purchasing.setting (
  legal_entity text primary key,
  approval_limit numeric check (approval_limit >= 0) -- Company currency; null: nobody need approve.
);

-- What somebody wants to be bought.
create table erp_purchasing.requisition (
  id text primary key,
  legal_entity text not null,
  number text not null,
  requester text not null,
  text text not null default '',
  decision text not null check (decision in ('open', 'rejected', 'withdrawn')),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create table erp_purchasing.requisition_line (
  requisition_id text not null references erp_purchasing.requisition,
  number integer not null check (number > 0),
  item text,
  text text not null,
  quantity numeric not null check (quantity > 0),
  unit text not null,
  needed_on date not null,
  estimated_price numeric check (estimated_price >= 0), -- Company currency, per unit.
  warehouse text,
  cost_centre text,
  project text,
  ordered numeric not null default 0, -- Kept by the order lines' trigger.
  primary key (requisition_id, number)
);

-- `decision` is what people decided; how far it has come is computed from its lines, by their trigger.
create table erp_purchasing.purchase_order (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check
    (kind in ('standard', 'subcontract', 'service', 'blanket-release')),
  supplier text not null,
  decision text not null check
    (decision in ('draft', 'awaiting-approval', 'rejected', 'issued', 'cancelled')),
  is_closed boolean not null default false, -- By hand: nothing more is expected.
  progress text not null default 'open' check
    (progress in ('open', 'partly-received', 'received', 'invoiced')),
  issued_on date not null,
  currency text not null,
  rate numeric not null check (rate > 0), -- Company currency for one unit, on the day of issue.
  payment_terms text not null,
  incoterm text,
  requester text,
  agreement text,
  text text not null default '',
  net numeric not null check (net >= 0), -- Sum of its lines that are not cancelled.
  approved_by text,
  approved_at timestamptz,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check (approved_by is null or approved_by <> created_by)
) with (fillfactor = 80);
create index purchase_order_by_day on erp_purchasing.purchase_order (legal_entity, issued_on, id);
create index purchase_order_by_supplier on erp_purchasing.purchase_order (supplier, issued_on);
create index purchase_order_unfinished on erp_purchasing.purchase_order (legal_entity, id)
  where decision = 'issued' and not is_closed and progress <> 'invoiced';

create table erp_purchasing.purchase_order_line (
  order_id text not null references erp_purchasing.purchase_order,
  number integer not null check (number > 0),
  item text, -- Null: what `text` says.
  text text not null,
  unit text not null,
  ordered numeric not null check (ordered > 0),
  base_numerator numeric not null default 1 check (base_numerator > 0), -- Of the item's base unit.
  base_denominator numeric not null default 1 check (base_denominator > 0),
  unit_price numeric not null check (unit_price >= 0), -- Per `price_base` units.
  price_base numeric not null default 1 check (price_base > 0),
  net numeric not null check (net >= 0),
  tax_code text,
  warehouse text, -- Of stock items.
  account text, -- What is no stock is an expense here, else the posting key's account.
  cost_centre text,
  project text,
  work_order text,
  requested_on date,
  promised_on date,
  first_promised_on date, -- Kept: on time is measured against it.
  over_percent_max numeric not null default 0 check (over_percent_max >= 0),
  under_percent_max numeric not null default 0 check (under_percent_max between 0 and 100),
  is_received_against boolean not null default true, -- False: only an invoice comes.
  is_final boolean not null default false, -- Nothing more is delivered.
  is_cancelled boolean not null default false,
  requisition_id text,
  requisition_line integer,
  received numeric not null default 0, -- These four are kept by triggers alone.
  received_value numeric not null default 0, -- Company currency, at the order's price.
  invoiced numeric not null default 0,
  invoiced_value numeric not null default 0, -- What invoices took from goods received, not invoiced.
  primary key (order_id, number),
  foreign key (requisition_id, requisition_line) references erp_purchasing.requisition_line
) with (fillfactor = 70);
create index purchase_order_line_by_item on erp_purchasing.purchase_order_line (item)
  where item is not null;

-- What was changed after the order had been issued. Only grows.
create table erp_purchasing.order_event (
  id bigint generated always as identity primary key,
  order_id text not null references erp_purchasing.purchase_order,
  action text not null check (action in ('submitted', 'issued', 'approved', 'rejected', 'changed',
    'line-cancelled', 'cancelled', 'closed', 'reopened')),
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index order_event_by_order on erp_purchasing.order_event (order_id, id);

-- What came in, or went back. Posted when it is written; never changed, only reversed.
create table erp_purchasing.goods_receipt (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in ('receipt', 'return', 'reversal')),
  supplier text not null,
  delivery_note text,
  received_on date not null,
  posted_on date not null,
  entry_id text,
  reverses text unique references erp_purchasing.goods_receipt,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((kind = 'reversal') = (reverses is not null))
);
create index goods_receipt_by_day on erp_purchasing.goods_receipt (legal_entity, posted_on, id);

create table erp_purchasing.goods_receipt_line (
  receipt_id text not null references erp_purchasing.goods_receipt,
  number integer not null check (number > 0),
  order_id text not null,
  order_line integer not null,
  item text,
  quantity numeric not null check (quantity <> 0), -- Order unit; below zero: it went back.
  rejected numeric not null default 0, -- Of it; lies blocked.
  reason text,
  batch text,
  expires_on date,
  warehouse text,
  location text,
  movements jsonb not null default '[]', -- Ids of the stock movements.
  value numeric not null, -- Company currency, signed: what it added to goods not invoiced.
  is_final boolean not null default false,
  primary key (receipt_id, number),
  foreign key (order_id, order_line) references erp_purchasing.purchase_order_line
);
create index goods_receipt_line_by_order
  on erp_purchasing.goods_receipt_line (order_id, order_line);

-- What invoices have charged of an order's lines; a credit note or a cancelled invoice has its own
-- row below zero.
create table erp_purchasing.invoiced_line (
  invoice_id text not null,
  invoice_line integer not null,
  order_id text not null,
  order_line integer not null,
  quantity numeric not null,
  value numeric not null,
  primary key (invoice_id, invoice_line),
  foreign key (order_id, order_line) references erp_purchasing.purchase_order_line
);
create index invoiced_line_by_order on erp_purchasing.invoiced_line (order_id, order_line);
