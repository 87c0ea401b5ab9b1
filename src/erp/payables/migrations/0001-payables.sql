-- What suppliers ask to be paid. Posted when it is written; never changed, only cancelled. What is
-- still open of it stands in open-items.
create table erp_payables.supplier_invoice (
  id text primary key,
  legal_entity text not null,
  number text not null, -- Ours.
  supplier_number text not null, -- The supplier's own.
  supplier_number_key text not null, -- The same as duplicates are looked for: letters and digits.
  kind text not null check (kind in ('invoice', 'credit-note', 'subsequent-debit')),
  supplier text not null,
  issued_on date not null,
  received_on date not null,
  posted_on date not null,
  due_on date not null,
  currency text not null,
  rate numeric not null check (rate > 0), -- Company currency for one unit.
  net numeric not null,
  tax numeric not null,
  gross numeric not null check (gross > 0 and gross = net + tax),
  taxes jsonb not null, -- [{ code, base, amount }]
  payment_terms text not null,
  payee_account text,
  match_status text not null check (match_status in ('matched', 'deviating', 'not-matched')),
  deviations jsonb not null default '[]', -- [{ line, kind, by }]
  accepts_duplicate boolean not null default false, -- Somebody looked, and says it is another one.
  text text not null default '',
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index supplier_invoice_by_day on erp_payables.supplier_invoice (legal_entity, posted_on, id);
create index supplier_invoice_by_number
  on erp_payables.supplier_invoice (supplier, supplier_number_key);

create table erp_payables.supplier_invoice_line (
  invoice_id text not null references erp_payables.supplier_invoice,
  number integer not null check (number > 0),
  kind text not null check (kind in ('item', 'service', 'freight', 'surcharge')),
  order_id text,
  order_line integer,
  item text,
  text text not null,
  quantity numeric check (quantity > 0),
  unit text,
  unit_price numeric check (unit_price >= 0), -- Per one unit.
  net numeric not null check (net >= 0),
  tax_code text,
  account text,
  cost_centre text,
  project text,
  taken numeric not null default 0, -- Company currency: from goods received and not invoiced.
  variance numeric not null default 0, -- Company currency: charged above it.
  primary key (invoice_id, number),
  check ((order_id is null) = (order_line is null))
);
create index supplier_invoice_line_by_order
  on erp_payables.supplier_invoice_line (order_id, order_line) where order_id is not null;

create table erp_payables.cancellation (
  invoice_id text primary key references erp_payables.supplier_invoice,
  number text not null,
  cancelled_on date not null,
  reason text not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null
);

create table erp_payables.payment_run (
  id text primary key,
  legal_entity text not null,
  number text not null,
  pay_on date not null,
  bank_account text not null,
  status text not null check (status in ('proposed', 'approved', 'paid', 'withdrawn')),
  criteria jsonb not null,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (legal_entity, number),
  check (approved_by is null or approved_by <> created_by)
);
create table erp_payables.payment_run_item (
  run_id text not null references erp_payables.payment_run,
  item_id text not null, -- The open item.
  supplier text not null,
  amount numeric not null check (amount > 0),
  discount numeric not null check (discount >= 0),
  is_left_out boolean not null default false, -- By a person, or because something speaks against it.
  reason text,
  primary key (run_id, item_id)
);

create table erp_payables.supplier_payment (
  id text primary key,
  legal_entity text not null,
  number text not null,
  supplier text not null,
  paid_on date not null,
  bank_account text not null,
  method text not null check (method in ('transfer', 'direct-debit', 'card', 'cheque', 'cash')),
  currency text not null,
  amount numeric not null check (amount > 0),
  company_amount numeric not null check (company_amount >= 0),
  reference text not null default '',
  run_id text references erp_payables.payment_run,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index supplier_payment_by_day on erp_payables.supplier_payment (legal_entity, paid_on, id);
create index supplier_payment_by_supplier on erp_payables.supplier_payment (supplier, paid_on);

create function erp_payables.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only cancelled', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_payables.supplier_invoice
  for each statement execute function erp_payables.refuse_change();
create trigger immutable before update or delete or truncate on erp_payables.supplier_invoice_line
  for each statement execute function erp_payables.refuse_change();
create trigger immutable before update or delete or truncate on erp_payables.cancellation
  for each statement execute function erp_payables.refuse_change();
create trigger immutable before update or delete or truncate on erp_payables.supplier_payment
  for each statement execute function erp_payables.refuse_change();
