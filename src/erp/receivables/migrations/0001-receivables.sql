-- What customers are asked to pay, and what is given back of it. Posted when it is written; never
-- changed, only cancelled. What is still open of it stands in open-items.
create table erp_receivables.customer_invoice (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in ('invoice', 'credit-note')),
  customer text not null,
  issued_on date not null,
  posted_on date not null,
  due_on date not null,
  currency text not null,
  rate numeric not null check (rate > 0), -- Company currency for one unit.
  net numeric not null,
  tax numeric not null,
  gross numeric not null check (gross > 0 and gross = net + tax),
  company_gross numeric not null check (company_gross >= 0), -- In the legal entity's currency.
  taxes jsonb not null, -- [{ code, base, amount }]
  payment_terms text not null,
  reference text not null default '',
  reason text not null default '', -- Of a credit note.
  text text not null default '',
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index customer_invoice_by_day on erp_receivables.customer_invoice (legal_entity, posted_on, id);
create index customer_invoice_by_customer on erp_receivables.customer_invoice (customer, posted_on);

create table erp_receivables.customer_invoice_line (
  invoice_id text not null references erp_receivables.customer_invoice,
  number integer not null check (number > 0),
  order_id text,
  order_line integer,
  delivery_id text, -- On a credit note: the return.
  delivery_line integer,
  corrects text, -- What a credit note's line gives back.
  corrects_line integer,
  item text,
  text text not null,
  quantity numeric check (quantity > 0), -- None: the price alone is lowered.
  unit text not null,
  unit_price numeric not null check (unit_price >= 0), -- Per `price_base` units, before discount.
  price_base numeric not null check (price_base > 0),
  discount_percent numeric not null check (discount_percent between 0 and 100),
  net numeric not null check (net >= 0),
  tax numeric not null check (tax >= 0), -- Its share of the document's.
  tax_code text,
  account text,
  posting jsonb not null, -- { key, … }: where it goes when it names no account.
  cost_centre text,
  project text,
  primary key (invoice_id, number),
  foreign key (corrects, corrects_line) references erp_receivables.customer_invoice_line,
  check ((order_id is null) = (order_line is null)),
  check ((delivery_id is null) = (delivery_line is null)),
  check ((corrects is null) = (corrects_line is null))
);
create index customer_invoice_line_by_order
  on erp_receivables.customer_invoice_line (order_id, order_line) where order_id is not null;
create index customer_invoice_line_by_delivery
  on erp_receivables.customer_invoice_line (delivery_id, delivery_line) where delivery_id is not null;
create index customer_invoice_line_by_correction
  on erp_receivables.customer_invoice_line (corrects, corrects_line) where corrects is not null;

create table erp_receivables.cancellation (
  invoice_id text primary key references erp_receivables.customer_invoice,
  number text not null,
  cancelled_on date not null,
  reason text not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null
);

-- What credit notes that stand have given back of a line.
create view erp_receivables.corrected_line as
  select l.corrects as invoice_id, l.corrects_line as number,
      coalesce(sum(l.quantity), 0) as quantity, sum(l.net) as net, sum(l.tax) as tax
    from erp_receivables.customer_invoice_line l
    where l.corrects is not null
      and not exists (select 1 from erp_receivables.cancellation c where c.invoice_id = l.invoice_id)
    group by l.corrects, l.corrects_line;

create function erp_receivables.check_corrections() returns trigger language plpgsql as $$
declare
  wrong text;
begin
  select l.invoice_id || ' ' || l.number into wrong
    from (select distinct corrects, corrects_line from added where corrects is not null) a
      join erp_receivables.customer_invoice_line l
        on l.invoice_id = a.corrects and l.number = a.corrects_line
      join lateral (select c.quantity, c.net, c.tax from erp_receivables.corrected_line c
        where c.invoice_id = l.invoice_id and c.number = l.number) s on true
    where s.quantity > l.quantity or s.net > l.net or s.tax > l.tax limit 1;
  if found then
    raise exception 'invoice line %: no more is given back than was charged', wrong
      using errcode = '23514', constraint = 'credited_within_charged';
  end if;
  return null;
end $$;
create trigger corrections_fit after insert on erp_receivables.customer_invoice_line
  referencing new table as added
  for each statement execute function erp_receivables.check_corrections();

create table erp_receivables.customer_payment (
  id text primary key,
  legal_entity text not null,
  number text not null,
  customer text not null,
  paid_on date not null,
  bank_account text not null,
  method text not null check (method in ('transfer', 'direct-debit', 'card', 'cheque', 'cash')),
  is_refund boolean not null default false, -- Money went back.
  currency text not null,
  amount numeric not null check (amount > 0),
  company_amount numeric not null check (company_amount >= 0),
  reference text not null default '',
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index customer_payment_by_day on erp_receivables.customer_payment (legal_entity, paid_on, id);
create index customer_payment_by_customer on erp_receivables.customer_payment (customer, paid_on);

-- What is not asked for any more.
create table erp_receivables.write_off (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in ('small-difference', 'bad-debt')),
  customer text not null,
  item_id text not null, -- The open item that it clears, or lowers.
  written_off_on date not null,
  currency text not null,
  amount numeric not null check (amount > 0),
  tax numeric not null check (tax >= 0 and tax <= amount), -- Of it, given back by the state.
  company_amount numeric not null check (company_amount >= 0),
  reason text not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index write_off_by_day on erp_receivables.write_off (legal_entity, written_off_on, id);

-- A payment that bounced, or a write-off that was paid after all.
create table erp_receivables.taken_back (
  document_id text primary key,
  legal_entity text not null,
  taken_back_on date not null,
  reason text not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null
);

-- How much of an item may be written off as a small difference, company currency.
create table erp_receivables.write_off_limit (
  legal_entity text primary key,
  amount numeric not null check (amount >= 0)
);

create function erp_receivables.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only taken back', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_receivables.customer_invoice
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate
  on erp_receivables.customer_invoice_line
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate on erp_receivables.cancellation
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate on erp_receivables.customer_payment
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate on erp_receivables.write_off
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate on erp_receivables.taken_back
  for each statement execute function erp_receivables.refuse_change();
