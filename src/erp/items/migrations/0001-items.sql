-- Groups of items, for determination of accounts and for prices.
create table erp_items.item_group (
  code text primary key,
  name text not null,
  parent text references erp_items.item_group,
  created_by text not null,
  created_at timestamptz not null,
  check (parent <> code)
);

create table erp_items.item (
  id text primary key,
  legal_entity text not null, -- Whose number it bears; every entity may use it.
  number text not null,
  version integer not null default 1 check (version > 0),
  name text not null check (name <> ''),
  kind text not null check (kind in ('stock', 'service', 'subassembly', 'raw', 'finished', 'tool')),
  status text not null default 'active' check (status in ('active', 'inactive')),
  base_unit text not null,
  item_group text references erp_items.item_group,
  costing text not null check (costing in ('moving-average', 'fifo', 'standard')),
  standard_cost numeric check (standard_cost >= 0), -- In the company's currency, per base unit.
  list_price numeric check (list_price >= 0),
  list_currency text,
  tax_code text,
  gtin text,
  batch_managed boolean not null default false,
  serial_managed boolean not null default false,
  shelf_life_days integer check (shelf_life_days > 0),
  lead_time_days integer check (lead_time_days >= 0),
  safety_stock numeric check (safety_stock >= 0),
  reorder_point numeric check (reorder_point >= 0),
  min_order_quantity numeric check (min_order_quantity > 0),
  units jsonb not null default '[]', -- [{unit, numerator, denominator}]: whole numbers as text.
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  unique (legal_entity, number),
  check ((list_price is null) = (list_currency is null)),
  check (costing <> 'standard' or standard_cost is not null),
  check (kind <> 'service' or not (batch_managed or serial_managed))
);
create index item_by_name on erp_items.item (lower(name), id);
create index item_by_group on erp_items.item (item_group, id);

-- Who changed what: written by the database, whoever writes.
create table erp_items.item_change (
  item text not null references erp_items.item,
  version integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  changes jsonb not null, -- {column: [before, after]}
  primary key (item, version)
);
create function erp_items.keep_item_change() returns trigger language plpgsql as $$
begin
  if exists (select from after_rows a join before_rows b using (id) where a.version <> b.version + 1)
  then raise exception 'a change makes the next version'; end if;
  insert into erp_items.item_change (item, version, changed_by, changed_at, changes)
  select a.id, a.version, a.changed_by, a.changed_at, (
    select coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{}')
    from jsonb_each(to_jsonb(a)) n join jsonb_each(to_jsonb(b)) o using (key)
    where n.value <> o.value and n.key not in ('version', 'changed_by', 'changed_at'))
  from after_rows a join before_rows b using (id);
  return null;
end $$;
create trigger item_change_is_kept after update on erp_items.item
  referencing old table as before_rows new table as after_rows
  for each statement execute function erp_items.keep_item_change();

-- What one supplier asks for one item.
create table erp_items.supplier_item (
  id text primary key,
  item text not null references erp_items.item,
  supplier text not null,
  their_number text,
  price numeric not null check (price >= 0),
  price_base numeric not null default 1 check (price_base > 0), -- Base units that `price` buys.
  currency text not null,
  min_quantity numeric not null default 0 check (min_quantity >= 0), -- In the base unit.
  lead_time_days integer check (lead_time_days >= 0),
  preferred boolean not null default false,
  valid_from date not null,
  valid_to date, -- The last day. Null: until further notice.
  created_by text not null,
  created_at timestamptz not null,
  check (valid_to >= valid_from)
);
create index supplier_item_by_item on erp_items.supplier_item (item, supplier);

create table erp_items.bom (
  id text primary key,
  item text not null references erp_items.item,
  version text not null, -- The version's name, as people say it.
  base_quantity numeric not null default 1 check (base_quantity > 0),
  valid_from date not null,
  valid_to date,
  created_by text not null,
  created_at timestamptz not null,
  unique (item, version),
  unique (id, item),
  check (valid_to >= valid_from)
);
create table erp_items.bom_line (
  bom text not null,
  line text not null,
  item text not null, -- What is made; repeated so that a cycle is found without a join.
  component text not null references erp_items.item,
  quantity numeric not null check (quantity > 0), -- Base units for `base_quantity` of the item.
  scrap_percent numeric not null default 0 check (scrap_percent >= 0 and scrap_percent < 100),
  operation text,
  primary key (bom, line),
  foreign key (bom, item) references erp_items.bom (id, item),
  check (component <> item)
);
create index bom_line_by_item on erp_items.bom_line (item);
create index bom_line_by_component on erp_items.bom_line (component);

-- Nothing is made of itself, through whatever versions: held for every writer, one at a time.
create function erp_items.refuse_cycle() returns trigger language plpgsql as $$
declare
  closed text;
begin
  perform pg_advisory_xact_lock(hashtextextended('erp_items.bom', 0));
  with recursive parts (root, component) as (
    select distinct item, component from new_lines
    union
    select p.root, l.component from parts p join erp_items.bom_line l on l.item = p.component
  )
  select root into closed from parts where component = root limit 1;
  if closed is not null then
    raise exception 'item % is made of itself', closed using errcode = '23514';
  end if;
  return null;
end $$;
create trigger bom_has_no_cycle after insert on erp_items.bom_line
  referencing new table as new_lines for each statement execute function erp_items.refuse_cycle();
create trigger bom_has_no_cycle_later after update on erp_items.bom_line
  referencing new table as new_lines for each statement execute function erp_items.refuse_cycle();

create table erp_items.price_list (
  id text primary key,
  legal_entity text not null,
  code text not null,
  name text not null,
  currency text not null,
  customer text, -- Null with no segment: for everyone.
  segment text,
  valid_from date not null,
  valid_to date,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code),
  check (customer is null or segment is null),
  check (valid_to >= valid_from)
);
create table erp_items.price (
  id text primary key,
  price_list text not null references erp_items.price_list,
  item text not null references erp_items.item,
  min_quantity numeric not null default 0 check (min_quantity >= 0),
  price numeric not null check (price >= 0),
  price_base numeric not null default 1 check (price_base > 0),
  valid_from date not null,
  valid_to date,
  created_by text not null,
  created_at timestamptz not null,
  unique (price_list, item, min_quantity, valid_from),
  check (valid_to >= valid_from)
);
create index price_by_item on erp_items.price (item);

create table erp_items.agreement (
  id text primary key,
  legal_entity text not null,
  number text not null,
  version integer not null default 1,
  side text not null check (side in ('purchase', 'sales')),
  party text not null,
  kind text not null check (kind in ('price', 'volume', 'blanket', 'framework')),
  currency text not null,
  valid_from date not null,
  valid_to date,
  status text not null default 'active' check (status in ('active', 'closed')),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, side, number),
  check (valid_to >= valid_from)
);
create index agreement_by_party on erp_items.agreement (party);
create table erp_items.agreement_line (
  agreement text not null references erp_items.agreement,
  line text not null,
  item text references erp_items.item,
  item_group text references erp_items.item_group,
  price numeric check (price >= 0), -- Null: the agreement limits, it sets no price.
  price_base numeric not null default 1 check (price_base > 0),
  tiers jsonb not null default '[]', -- [{minQuantity, price}]
  quantity_limit numeric check (quantity_limit > 0),
  value_limit numeric check (value_limit > 0),
  released_quantity numeric not null default 0,
  released_value numeric not null default 0,
  primary key (agreement, line),
  check ((item is null) <> (item_group is null)),
  check (released_quantity >= 0 and released_value >= 0),
  constraint agreement_within_limit
    check (released_quantity <= quantity_limit and released_value <= value_limit)
);
create index agreement_line_by_item on erp_items.agreement_line (item);
create index agreement_line_by_group on erp_items.agreement_line (item_group);

-- What was called off; minus gives back. Only grows, and the line says its sum.
create table erp_items.agreement_release (
  id text primary key,
  agreement text not null,
  line text not null,
  source_area text not null,
  source_kind text not null,
  source_id text not null,
  source_line text not null,
  quantity numeric not null,
  value numeric not null,
  released_on date not null,
  created_by text not null,
  created_at timestamptz not null,
  foreign key (agreement, line) references erp_items.agreement_line
);
create index agreement_release_by_line on erp_items.agreement_release (agreement, line);
create function erp_items.sum_releases() returns trigger language plpgsql as $$
begin
  update erp_items.agreement_line l set released_quantity = l.released_quantity + s.quantity,
    released_value = l.released_value + s.value
  from (select agreement, line, sum(quantity) as quantity, sum(value) as value
    from new_releases group by agreement, line) s
  where l.agreement = s.agreement and l.line = s.line;
  return null;
end $$;
create trigger releases_are_summed after insert on erp_items.agreement_release
  referencing new table as new_releases for each statement execute function erp_items.sum_releases();
create function erp_items.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was released is kept as it is; release the opposite instead';
end $$;
create trigger release_is_final before update or delete or truncate on erp_items.agreement_release
  for each statement execute function erp_items.refuse_change();
