create table erp_inventory.warehouse (
  id text primary key,
  legal_entity text not null,
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$'),
  version integer not null default 1,
  name text not null check (name <> ''),
  kind text not null check (kind in ('plant', 'store', 'transit', 'consignment', 'subcontractor')),
  currency text not null, -- The legal entity's: what stock is valued in.
  negative_allowed boolean not null default false, -- Whether free stock may be taken before it is booked in.
  status text not null default 'active' check (status in ('active', 'inactive')),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code)
);
create table erp_inventory.location (
  warehouse text not null references erp_inventory.warehouse,
  code text not null check (code <> ''),
  zone text,
  created_by text not null,
  created_at timestamptz not null,
  primary key (warehouse, code)
);

-- All stock of an item in a warehouse: how much of it is ours and what it is worth. Whoever moves or
-- reserves locks this row first, those of one command in the order of their keys.
create table erp_inventory.position (
  item text not null,
  warehouse text not null references erp_inventory.warehouse,
  costing text not null check (costing in ('moving-average', 'fifo', 'standard')),
  quantity numeric not null default 0, -- Owned, in whatever status: all but consignment.
  value numeric not null default 0, -- In the warehouse's currency, at its scale.
  free numeric not null default 0,
  reserved numeric not null default 0 check (reserved >= 0),
  last_cost numeric not null default 0 check (last_cost >= 0), -- What one was worth when there was some.
  primary key (item, warehouse),
  constraint nothing_is_worth_nothing check
    (case when quantity = 0 then value = 0 when quantity > 0 then value >= 0 else value <= 0 end)
) with (fillfactor = 60);
create index position_by_warehouse on erp_inventory.position (warehouse, item);

create table erp_inventory.batch (
  item text not null,
  code text not null check (code <> ''),
  expires_on date,
  received_on date not null,
  supplier text,
  created_by text not null,
  created_at timestamptz not null,
  primary key (item, code)
);

-- What moved. Plus came in, minus went out. Only grows.
create table erp_inventory.movement (
  id text primary key,
  sequence bigint generated always as identity unique,
  legal_entity text not null,
  kind text not null check (kind in ('receipt', 'issue', 'transfer', 'adjustment', 'scrap',
    'consignment-in', 'consignment-out', 'production-receipt', 'production-issue', 'return',
    'status-change', 'revaluation')),
  item text not null,
  warehouse text not null,
  location text not null default '', -- '' is none; so with batch and owner.
  batch text not null default '',
  status text not null check (status in ('free', 'quality', 'blocked', 'consignment', 'in-transit')),
  owner text not null default '', -- The supplier whose it is, in consignment.
  quantity numeric not null,
  value numeric not null, -- What stock gained.
  variance numeric not null default 0, -- What of a given cost did not go into stock.
  serials jsonb not null default '[]',
  moved_at timestamptz not null,
  posted_on date not null,
  reason text,
  source_area text not null,
  source_kind text not null,
  source_id text not null,
  source_line text not null default '',
  reversal_of text references erp_inventory.movement,
  pair text, -- The other leg of a transfer or change of status has the same.
  created_by text not null,
  foreign key (item, warehouse) references erp_inventory.position,
  check (quantity <> 0 or kind = 'revaluation'),
  check ((status = 'consignment') = (owner <> '')),
  check (status <> 'consignment' or value = 0)
);
create unique index movement_is_reversed_once on erp_inventory.movement (reversal_of)
  where reversal_of is not null;
create index movement_by_item on erp_inventory.movement (item, warehouse, sequence);
create index movement_by_source on erp_inventory.movement (source_id, source_line);
create index movement_by_pair on erp_inventory.movement (pair) where pair is not null;

create function erp_inventory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what moved stays as it was posted; reverse it instead';
end $$;
create trigger movement_is_final before update or delete or truncate on erp_inventory.movement
  for each statement execute function erp_inventory.refuse_change();

-- How much is where. Kept by the database from the movements.
create table erp_inventory.balance (
  item text not null,
  warehouse text not null,
  location text not null,
  batch text not null,
  status text not null,
  owner text not null,
  quantity numeric not null,
  held numeric not null default 0 check (held >= 0), -- Picked: reserved hard, here.
  negative_allowed boolean not null, -- The warehouse's.
  frozen_by text, -- The count that wants nothing moved here.
  primary key (item, warehouse, location, batch, status, owner),
  foreign key (item, warehouse) references erp_inventory.position,
  constraint never_below_zero check (quantity >= 0 or (status = 'free' and negative_allowed)),
  constraint held_is_there check (held = 0 or held <= quantity)
) with (fillfactor = 60);
create index balance_by_warehouse on erp_inventory.balance (warehouse, item);
create index balance_by_count on erp_inventory.balance (frozen_by) where frozen_by is not null;

create function erp_inventory.keep_balances() returns trigger language plpgsql as $$
begin
  with sums as materialized (
    select item, warehouse, location, batch, status, owner, sum(quantity) as quantity
    from new_movements group by item, warehouse, location, batch, status, owner
    having sum(quantity) <> 0
  ), known as (
    update erp_inventory.balance b set quantity = b.quantity + s.quantity
    from sums s where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
      = (s.item, s.warehouse, s.location, s.batch, s.status, s.owner)
    returning b.item, b.warehouse, b.location, b.batch, b.status, b.owner
  )
  insert into erp_inventory.balance
    (item, warehouse, location, batch, status, owner, quantity, negative_allowed)
  select s.*, w.negative_allowed from sums s join erp_inventory.warehouse w on w.id = s.warehouse
  where (s.item, s.warehouse, s.location, s.batch, s.status, s.owner) not in (select * from known);
  update erp_inventory.position p set quantity = p.quantity + s.quantity,
    value = p.value + s.value, free = p.free + s.free
  from (select item, warehouse, sum(value) as value,
      coalesce(sum(quantity) filter (where status <> 'consignment'), 0) as quantity,
      coalesce(sum(quantity) filter (where status = 'free'), 0) as free
    from new_movements group by item, warehouse) s
  where p.item = s.item and p.warehouse = s.warehouse;
  return null;
end $$;
create trigger balances_are_kept after insert on erp_inventory.movement
  referencing new table as new_movements
  for each statement execute function erp_inventory.keep_balances();

-- First in, first out: what each receipt has left.
create table erp_inventory.layer (
  movement text primary key references erp_inventory.movement,
  sequence bigint generated always as identity unique,
  item text not null,
  warehouse text not null,
  received numeric not null check (received > 0),
  quantity numeric not null check (quantity >= 0 and quantity <= received),
  value numeric not null check (value >= 0 and (quantity > 0 or value = 0))
) with (fillfactor = 60);
create index layer_open on erp_inventory.layer (item, warehouse, sequence) where quantity > 0;
-- What an issue took of which layer, so that reversing it puts it back there.
create table erp_inventory.layer_use (
  movement text not null references erp_inventory.movement,
  layer text not null references erp_inventory.layer,
  quantity numeric not null check (quantity > 0),
  value numeric not null check (value >= 0),
  primary key (movement, layer)
);

-- Somebody counts on it. Soft: so much of the warehouse. Hard: picked, at a place and of a batch.
create table erp_inventory.reservation (
  id text primary key,
  legal_entity text not null,
  item text not null,
  warehouse text not null,
  hard boolean not null,
  location text not null default '',
  batch text not null default '',
  quantity numeric not null check (quantity > 0),
  open numeric not null check (open >= 0 and open <= quantity),
  status text not null check (status in ('open', 'consumed', 'released')),
  needed_on date,
  source_area text not null,
  source_kind text not null,
  source_id text not null,
  source_line text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  foreign key (item, warehouse) references erp_inventory.position,
  check ((status = 'open') = (open > 0)),
  check (hard or (location = '' and batch = ''))
) with (fillfactor = 80);
create index reservation_by_source on erp_inventory.reservation (source_id, source_line);
create index reservation_open on erp_inventory.reservation (item, warehouse) where open > 0;

create function erp_inventory.reserve_more() returns trigger language plpgsql as $$
begin
  update erp_inventory.position p set reserved = p.reserved + s.open
  from (select item, warehouse, sum(open) as open from new_rows group by item, warehouse) s
  where p.item = s.item and p.warehouse = s.warehouse;
  update erp_inventory.balance b set held = b.held + s.open
  from (select item, warehouse, location, batch, sum(open) as open from new_rows where hard
    group by item, warehouse, location, batch) s
  where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
    = (s.item, s.warehouse, s.location, s.batch, 'free', '');
  return null;
end $$;
create trigger reserved_grows after insert on erp_inventory.reservation
  referencing new table as new_rows
  for each statement execute function erp_inventory.reserve_more();
create function erp_inventory.reserve_otherwise() returns trigger language plpgsql as $$
begin
  if exists (select from new_rows n join old_rows o using (id)
    where (n.item, n.warehouse, n.location, n.batch, n.hard, n.quantity) is distinct from
      (o.item, o.warehouse, o.location, o.batch, o.hard, o.quantity))
  then raise exception 'a reservation is released and made again, not moved'; end if;
  update erp_inventory.position p set reserved = p.reserved + s.open
  from (select n.item, n.warehouse, sum(n.open - o.open) as open
    from new_rows n join old_rows o using (id) group by n.item, n.warehouse) s
  where p.item = s.item and p.warehouse = s.warehouse;
  update erp_inventory.balance b set held = b.held + s.open
  from (select n.item, n.warehouse, n.location, n.batch, sum(n.open - o.open) as open
    from new_rows n join old_rows o using (id) where n.hard
    group by n.item, n.warehouse, n.location, n.batch) s
  where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
    = (s.item, s.warehouse, s.location, s.batch, 'free', '');
  return null;
end $$;
create trigger reserved_changes after update on erp_inventory.reservation
  referencing old table as old_rows new table as new_rows
  for each statement execute function erp_inventory.reserve_otherwise();

-- What inventory books by itself: adjustments, scrap, transfers, withdrawals, counts, corrections.
create table erp_inventory.document (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in
    ('adjustment', 'scrap', 'status-change', 'transfer', 'withdrawal', 'correction', 'reversal')),
  posted_on date not null,
  text text not null,
  journal_entry text, -- Its number. Null: nothing of value changed.
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create trigger document_is_final before update or delete or truncate on erp_inventory.document
  for each statement execute function erp_inventory.refuse_change();

-- Goods under way between two warehouses.
create table erp_inventory.shipment_line (
  document text not null references erp_inventory.document,
  line text not null,
  item text not null,
  from_warehouse text not null references erp_inventory.warehouse,
  to_warehouse text not null references erp_inventory.warehouse,
  batch text not null default '',
  quantity numeric not null check (quantity > 0),
  received numeric not null default 0 check (received >= 0 and received <= quantity),
  primary key (document, line)
);

create table erp_inventory.stock_count (
  id text primary key,
  legal_entity text not null,
  number text not null,
  version integer not null default 1,
  warehouse text not null references erp_inventory.warehouse,
  status text not null check (status in ('open', 'counted', 'posted', 'cancelled')),
  frozen_at timestamptz not null,
  counted_on date,
  posted_on date,
  journal_entry text,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((status = 'posted') = (posted_on is not null))
);
create table erp_inventory.count_line (
  count text not null references erp_inventory.stock_count,
  line integer not null,
  item text not null,
  location text not null,
  batch text not null,
  status text not null,
  owner text not null,
  expected numeric not null, -- What the books said when it was frozen.
  counted numeric check (counted >= 0),
  reason text,
  primary key (count, line),
  unique (count, item, location, batch, status, owner)
);
create function erp_inventory.refuse_posted_count() returns trigger language plpgsql as $$
begin
  if old.status in ('posted', 'cancelled') then
    raise exception 'a count that was posted or cancelled stays as it is';
  end if;
  return new;
end $$;
create trigger posted_count_is_final before update or delete on erp_inventory.stock_count
  for each row execute function erp_inventory.refuse_posted_count();
