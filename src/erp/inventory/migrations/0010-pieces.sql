-- Where each piece with a serial number is, or that it has left. Kept by the database from the movements
-- that name serial numbers, in the statement that writes them; others cost nothing for it.
create table erp_inventory.piece (
  id text primary key generated always as (item || ':' || serial) stored,
  item text not null,
  serial text not null check (serial <> ''),
  is_in_stock boolean not null default false, -- If so it is there; else it was there last.
  warehouse text not null default '',
  location text not null default '',
  batch text not null default '',
  status text not null default '',
  owner text not null default '',
  movement text, -- The last that moved it. Null: a count found it where nobody knew its number.
  unique (item, serial),
  check (not is_in_stock or warehouse <> '')
) with (fillfactor = 60);
create index piece_by_place on erp_inventory.piece (item, warehouse) where is_in_stock;
create table erp_inventory.piece_movement (
  item text not null,
  serial text not null,
  movement text not null,
  primary key (serial, item, movement)
);

insert into erp_inventory.piece_movement (item, serial, movement)
  select distinct m.item, s.serial, m.id
  from erp_inventory.movement m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
  where m.serials <> '[]' and s.serial <> '';
insert into erp_inventory.piece
    (item, serial, is_in_stock, warehouse, location, batch, status, owner, movement)
  select distinct on (m.item, s.serial) m.item, s.serial, m.quantity > 0,
    m.warehouse, m.location, m.batch, m.status, m.owner, m.id
  from erp_inventory.movement m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
  where m.serials <> '[]' and s.serial <> '' order by m.item, s.serial, m.sequence desc;
-- Where more pieces would lie than there are, nobody knows which: a count says so.
update erp_inventory.piece p set is_in_stock = false
  where p.is_in_stock and (select count(*) from erp_inventory.piece o where o.is_in_stock
      and (o.item, o.warehouse, o.location, o.batch, o.status, o.owner)
        = (p.item, p.warehouse, p.location, p.batch, p.status, p.owner))
    > coalesce((select b.quantity from erp_inventory.balance b
      where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
        = (p.item, p.warehouse, p.location, p.batch, p.status, p.owner)), 0);

create or replace function erp_inventory.keep_balances() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  known bigint;
  wanted bigint;
  has_pieces boolean;
  wrong text;
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
  with sums as materialized (
    select item, warehouse, sum(value) as value, sum(jsonb_array_length(serials)) as pieces,
      coalesce(sum(quantity) filter (where status <> 'consignment'), 0) as quantity,
      coalesce(sum(quantity) filter (where status = 'free'), 0) as free
    from new_movements group by item, warehouse
  ), kept as (
    update erp_inventory.position p set quantity = p.quantity + s.quantity,
      value = p.value + s.value, free = p.free + s.free
    from sums s where p.item = s.item and p.warehouse = s.warehouse returning 1
  )
  select (select count(*) from kept), count(*), coalesce(sum(pieces), 0) > 0
    into known, wanted, has_pieces from sums;
  if known <> wanted then raise exception 'a movement has no position'; end if;
  if not has_pieces then return null; end if;

  -- Locked in one order, also those that two begin at once: what is asked then is what stands.
  insert into erp_inventory.piece (item, serial)
    select distinct m.item, s.serial
    from new_movements m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
    order by 1, 2 on conflict (item, serial) do nothing;
  perform 1 from erp_inventory.piece p where (p.item, p.serial) in (select m.item, s.serial
      from new_movements m cross join lateral jsonb_array_elements_text(m.serials) s(serial))
    order by p.item, p.serial for update;
  with steps as (
    select m.item, s.serial, m.sequence, m.quantity > 0 as came,
      array[m.warehouse, m.location, m.batch, m.status, m.owner] as place,
      abs(m.quantity) = jsonb_array_length(m.serials) as is_whole
    from new_movements m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
  ), told as (
    select s.*, coalesce(lag(s.came) over w, p.is_in_stock) as was_there,
      coalesce(lag(s.place) over w, array[p.warehouse, p.location, p.batch, p.status, p.owner])
        as was_at
    from steps s join erp_inventory.piece p using (item, serial)
    window w as (partition by s.item, s.serial order by s.sequence)
  )
  select item || ' ' || serial into wrong from told
    where came = was_there or (not came and was_at <> place) or not is_whole limit 1;
  if wrong is not null then
    raise exception 'piece % is not where it would have to be', wrong
      using errcode = '23514', constraint = 'piece_is_where_it_says';
  end if;
  insert into erp_inventory.piece_movement (item, serial, movement)
    select m.item, s.serial, m.id
    from new_movements m cross join lateral jsonb_array_elements_text(m.serials) s(serial);
  update erp_inventory.piece p set is_in_stock = l.quantity > 0, warehouse = l.warehouse,
    location = l.location, batch = l.batch, status = l.status, owner = l.owner, movement = l.id
  from (select distinct on (m.item, s.serial) m.*, s.serial
    from new_movements m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
    order by m.item, s.serial, m.sequence desc) l
  where p.item = l.item and p.serial = l.serial;
  return null;
end $$;

-- Which pieces a count has seen of an item with serial numbers.
alter table erp_inventory.count_line add column serials jsonb;
select erp_company.sample_few('erp_inventory');
