-- What we offer a customer, until a day. A sent offer is never changed: it is revised, as the next
-- revision of the same number.
create table erp_sales.quotation (
  id text primary key,
  legal_entity text not null,
  number text not null,
  revision integer not null check (revision > 0),
  revises text unique references erp_sales.quotation,
  customer text not null,
  decision text not null check
    (decision in ('draft', 'sent', 'accepted', 'rejected', 'superseded')),
  progress text not null default 'open' check
    (progress in ('open', 'partly-ordered', 'ordered')),
  issued_on date not null,
  valid_until date not null check (valid_until >= issued_on),
  currency text not null,
  payment_terms text not null,
  salesperson text,
  channel text,
  customer_reference text not null default '',
  text text not null default '',
  net numeric not null check (net >= 0),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number, revision),
  check ((revision = 1) = (revises is null))
) with (fillfactor = 80);
create unique index quotation_stands_once on erp_sales.quotation (legal_entity, number)
  where decision <> 'superseded';
create index quotation_by_day on erp_sales.quotation (legal_entity, issued_on, id);
create index quotation_by_customer on erp_sales.quotation (customer, issued_on);

create table erp_sales.quotation_line (
  quotation_id text not null references erp_sales.quotation,
  number integer not null check (number > 0),
  item text,
  text text not null,
  unit text not null,
  quantity numeric not null check (quantity > 0),
  unit_price numeric not null check (unit_price >= 0), -- Per `price_base` units, before discount.
  price_base numeric not null check (price_base > 0),
  discount_percent numeric not null check (discount_percent between 0 and 100),
  net numeric not null check (net >= 0),
  tax_code text,
  warehouse text,
  cost_centre text,
  project text,
  is_delivered_against boolean not null,
  ordered numeric not null default 0, -- Kept by the order lines' triggers.
  primary key (quotation_id, number),
  constraint ordered_within_quoted check (ordered between 0 and quantity)
) with (fillfactor = 80);

create table erp_sales.quotation_event (
  id bigint generated always as identity primary key,
  quotation_id text not null references erp_sales.quotation,
  action text not null,
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index quotation_event_by_quotation on erp_sales.quotation_event (quotation_id, id);
create trigger immutable before update or delete or truncate on erp_sales.quotation_event
  for each statement execute function erp_sales.refuse_change();
create trigger stays before delete or truncate or update of id, legal_entity, number, revision,
    revises, customer, issued_on, valid_until, currency, payment_terms, net
  on erp_sales.quotation for each statement execute function erp_sales.refuse_change();
create trigger stays before delete or truncate or update of quotation_id, number, item, text, unit,
    quantity, unit_price, price_base, discount_percent, net
  on erp_sales.quotation_line for each statement execute function erp_sales.refuse_change();
create trigger kept before update of ordered on erp_sales.quotation_line
  for each statement execute function erp_sales.refuse_hand();

-- What order lines ask for counts against their quotation, unless they or their order are cancelled.
alter table erp_sales.sales_order_line
  add column quotation_id text,
  add column quotation_line integer,
  add constraint came_of_quotation foreign key (quotation_id, quotation_line)
    references erp_sales.quotation_line;
create index sales_order_line_by_quotation
  on erp_sales.sales_order_line (quotation_id, quotation_line) where quotation_id is not null;

create function erp_sales.add_ordered() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added a join erp_sales.quotation q on q.id = a.quotation_id
      where q.decision <> 'accepted') then
    raise exception 'sales_order_line: only what was accepted is ordered'
      using errcode = '23514', constraint = 'quotation_is_accepted';
  end if;
  update erp_sales.quotation_line q set ordered = q.ordered + s.ordered
    from (select quotation_id, quotation_line, sum(ordered) as ordered from added
        where quotation_id is not null group by 1, 2) s
    where q.quotation_id = s.quotation_id and q.number = s.quotation_line;
  perform erp_sales.keep_orders(array(select distinct a.order_id from added a
    join erp_sales.sales_order o on o.id = a.order_id where o.decision <> 'draft'));
  return null;
end $$;
create trigger order_counts after insert on erp_sales.sales_order_line
  referencing new table as added for each statement execute function erp_sales.add_ordered();

create function erp_sales.free_quotations() returns trigger language plpgsql as $$
begin
  update erp_sales.quotation_line q set ordered = q.ordered - s.ordered
    from (select l.quotation_id, l.quotation_line, sum(l.ordered) as ordered
        from changed c join was w on w.id = c.id
        join erp_sales.sales_order_line l on l.order_id = c.id
        where c.decision = 'cancelled' and w.decision <> 'cancelled'
          and l.quotation_id is not null and not l.is_cancelled
        group by 1, 2) s
    where q.quotation_id = s.quotation_id and q.number = s.quotation_line;
  return null;
end $$;
create trigger quotation_counts after update on erp_sales.sales_order
  referencing old table as was new table as changed for each statement
  execute function erp_sales.free_quotations();

create function erp_sales.keep_quotations() returns trigger language plpgsql as $$
begin
  update erp_sales.quotation q set progress = p.progress
    from (select l.quotation_id, case
          when bool_and(l.ordered >= l.quantity) then 'ordered'
          when bool_or(l.ordered > 0) then 'partly-ordered'
          else 'open' end as progress
        from erp_sales.quotation_line l
        where l.quotation_id in (select quotation_id from changed) group by 1) p
    where q.id = p.quotation_id and q.progress <> p.progress;
  return null;
end $$;
create trigger order_counts after update on erp_sales.quotation_line
  referencing new table as changed for each statement
  execute function erp_sales.keep_quotations();
