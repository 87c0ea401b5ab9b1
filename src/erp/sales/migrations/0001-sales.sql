-- `decision` is what people (or the credit limit) decided; how far an order has come is computed from
-- its lines, by their triggers.
create table erp_sales.sales_order (
  id text primary key,
  legal_entity text not null,
  number text not null,
  customer text not null,
  decision text not null check (decision in ('draft', 'on-credit-hold', 'confirmed', 'cancelled')),
  is_closed boolean not null default false, -- By hand: nothing more is delivered.
  progress text not null default 'open' check
    (progress in ('open', 'partly-delivered', 'delivered', 'invoiced')),
  issued_on date not null,
  requested_on date,
  currency text not null,
  rate numeric not null check (rate > 0), -- Company currency for one unit, on the day of issue.
  payment_terms text not null,
  salesperson text,
  channel text,
  customer_reference text not null default '',
  text text not null default '',
  net numeric not null check (net >= 0),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
) with (fillfactor = 80);
create index sales_order_by_day on erp_sales.sales_order (legal_entity, issued_on, id);
create index sales_order_by_customer on erp_sales.sales_order (customer, issued_on);
create index sales_order_unfinished on erp_sales.sales_order (legal_entity, id)
  where decision in ('confirmed', 'on-credit-hold') and not is_closed and progress <> 'invoiced';

create table erp_sales.sales_order_line (
  order_id text not null references erp_sales.sales_order,
  number integer not null check (number > 0),
  item text,
  text text not null,
  unit text not null,
  ordered numeric not null check (ordered > 0),
  unit_price numeric not null check (unit_price >= 0), -- Per `price_base` units, before discount.
  price_base numeric not null default 1 check (price_base > 0),
  discount_percent numeric not null default 0 check (discount_percent between 0 and 100),
  net numeric not null check (net >= 0),
  tax_code text,
  warehouse text,
  cost_centre text,
  project text,
  promised_on date,
  first_promised_on date, -- Kept: on time is measured against it.
  over_percent_max numeric not null default 0 check (over_percent_max >= 0),
  is_delivered_against boolean not null default true, -- False: a service that is only charged.
  is_final boolean not null default false, -- Nothing more is delivered.
  is_cancelled boolean not null default false,
  reservation text, -- Of stock, until it is delivered.
  delivered numeric not null default 0, -- These three are kept by triggers alone.
  delivered_cost numeric not null default 0, -- Company currency: what left stock.
  invoiced numeric not null default 0,
  primary key (order_id, number)
) with (fillfactor = 70);
create index sales_order_line_by_item on erp_sales.sales_order_line (item) where item is not null;

-- What was done with an order. Only grows.
create table erp_sales.order_event (
  id bigint generated always as identity primary key,
  order_id text not null references erp_sales.sales_order,
  action text not null,
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index order_event_by_order on erp_sales.order_event (order_id, id);

-- What left, or came back. Posted when it is written; never changed, only reversed.
create table erp_sales.delivery (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in ('delivery', 'return', 'reversal')),
  customer text not null,
  shipped_on date not null,
  posted_on date not null,
  carrier text,
  tracking text,
  entry_id text,
  reverses text unique references erp_sales.delivery,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((kind = 'reversal') = (reverses is not null))
);
create index delivery_by_day on erp_sales.delivery (legal_entity, posted_on, id);

create table erp_sales.delivery_line (
  delivery_id text not null references erp_sales.delivery,
  number integer not null check (number > 0),
  order_id text not null,
  order_line integer not null,
  item text,
  quantity numeric not null check (quantity <> 0), -- Order unit; below zero: it came back.
  reason text,
  batch text,
  warehouse text,
  location text,
  movements jsonb not null default '[]', -- Ids of the stock movements.
  cost numeric not null, -- Company currency, signed: what left stock.
  is_final boolean not null default false,
  primary key (delivery_id, number),
  foreign key (order_id, order_line) references erp_sales.sales_order_line
);
create index delivery_line_by_order on erp_sales.delivery_line (order_id, order_line);

-- What invoices have charged of an order's lines; a credit note has its own row below zero.
create table erp_sales.invoiced_line (
  invoice_id text not null,
  invoice_line integer not null,
  order_id text not null,
  order_line integer not null,
  quantity numeric not null,
  primary key (invoice_id, invoice_line),
  foreign key (order_id, order_line) references erp_sales.sales_order_line
);
create index invoiced_line_by_order on erp_sales.invoiced_line (order_id, order_line);

-- How far an order has come: all of it has left, and is charged.
create function erp_sales.keep_orders(orders text[]) returns void language plpgsql as $$
begin
  update erp_sales.sales_order o set progress = p.progress
    from (
      select l.order_id,
        case
          when bool_and(l.is_cancelled) then 'open'
          when bool_and(l.is_cancelled or not l.is_delivered_against or l.is_final
              or l.delivered >= l.ordered)
            and bool_and(l.is_cancelled or (l.is_final and l.delivered = 0)
              or (l.invoiced > 0 and l.invoiced >=
                case when l.is_delivered_against then l.delivered else l.ordered end))
            then 'invoiced'
          when bool_and(l.is_cancelled or not l.is_delivered_against or l.is_final
              or l.delivered >= l.ordered)
            and bool_or(l.delivered > 0 or l.is_final) then 'delivered'
          when bool_or(l.delivered > 0) then 'partly-delivered'
          else 'open'
        end as progress
      from erp_sales.sales_order_line l where l.order_id = any(orders) group by l.order_id
    ) p where o.id = p.order_id and o.progress <> p.progress;
end $$;

create function erp_sales.add_delivered() returns trigger language plpgsql as $$
begin
  update erp_sales.sales_order_line l
    set delivered = l.delivered + s.quantity, delivered_cost = l.delivered_cost + s.cost,
      is_final = l.is_final or s.is_final
    from (select order_id, order_line, sum(quantity) as quantity, sum(cost) as cost,
        bool_or(is_final) as is_final from added group by 1, 2) s
    where l.order_id = s.order_id and l.number = s.order_line;
  perform erp_sales.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger delivery_counts after insert on erp_sales.delivery_line
  referencing new table as added for each statement execute function erp_sales.add_delivered();

create function erp_sales.add_invoiced() returns trigger language plpgsql as $$
begin
  update erp_sales.sales_order_line l set invoiced = l.invoiced + s.quantity
    from (select order_id, order_line, sum(quantity) as quantity from added group by 1, 2) s
    where l.order_id = s.order_id and l.number = s.order_line;
  perform erp_sales.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger invoice_counts after insert on erp_sales.invoiced_line
  referencing new table as added for each statement execute function erp_sales.add_invoiced();

create function erp_sales.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only reversed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_sales.delivery
  for each statement execute function erp_sales.refuse_change();
create trigger immutable before update or delete or truncate on erp_sales.delivery_line
  for each statement execute function erp_sales.refuse_change();
create trigger immutable before update or delete or truncate on erp_sales.invoiced_line
  for each statement execute function erp_sales.refuse_change();
create trigger immutable before update or delete or truncate on erp_sales.order_event
  for each statement execute function erp_sales.refuse_change();
create trigger stays before delete or truncate on erp_sales.sales_order
  for each statement execute function erp_sales.refuse_change();
create trigger stays before delete or truncate on erp_sales.sales_order_line
  for each statement execute function erp_sales.refuse_change();

create function erp_sales.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '%: this is kept by deliveries and invoices alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before update of delivered, delivered_cost, invoiced
  on erp_sales.sales_order_line
  for each statement execute function erp_sales.refuse_hand();

create function erp_sales.keep_changed() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    perform erp_sales.keep_orders(array(select distinct order_id from changed));
  end if;
  return null;
end $$;
create trigger change_counts after update on erp_sales.sales_order_line
  referencing new table as changed for each statement execute function erp_sales.keep_changed();
