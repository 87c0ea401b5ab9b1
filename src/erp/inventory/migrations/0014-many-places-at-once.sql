-- Many movements at once keep balances and positions by one statement each, planned for what is there when
-- it comes; few go place by place, by keys, since planning would cost more than they do.
create or replace function erp_inventory.keep_balances() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  moved record;
  has_pieces boolean := false;
  has_places boolean := true;
  wrong text;
begin
  if (select count(*) from new_movements) >= 50 then
    perform set_config(name, 'on', true)
      from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) name;
    execute
      'with moved as materialized (
        select item, warehouse, location, batch, status, owner, sum(quantity) as quantity
        from new_movements group by item, warehouse, location, batch, status, owner
        having sum(quantity) <> 0
      ), kept as (
        update erp_inventory.balance b set quantity = b.quantity + m.quantity from moved m
        where b.item = m.item and b.warehouse = m.warehouse and b.location = m.location
          and b.batch = m.batch and b.status = m.status and b.owner = m.owner
        returning b.item, b.warehouse, b.location, b.batch, b.status, b.owner
      )
      insert into erp_inventory.balance
        (item, warehouse, location, batch, status, owner, quantity, negative_allowed)
      select m.item, m.warehouse, m.location, m.batch, m.status, m.owner, m.quantity,
        w.negative_allowed
      from moved m join erp_inventory.warehouse w on w.id = m.warehouse
      where not exists (select 1 from kept k
        where k.item = m.item and k.warehouse = m.warehouse and k.location = m.location
          and k.batch = m.batch and k.status = m.status and k.owner = m.owner)';
    execute
      'with moved as materialized (
        select item, warehouse, sum(value) as value, sum(jsonb_array_length(serials)) as pieces,
          coalesce(sum(quantity) filter (where status <> ''consignment''), 0) as quantity,
          coalesce(sum(quantity) filter (where status = ''free''), 0) as free
        from new_movements group by item, warehouse
      ), kept as (
        update erp_inventory.position p set quantity = p.quantity + m.quantity,
          value = p.value + m.value, free = p.free + m.free
        from moved m where p.item = m.item and p.warehouse = m.warehouse returning 1
      )
      select count(*) = (select count(*) from kept), coalesce(sum(pieces), 0) > 0 from moved'
      into has_places, has_pieces;
    perform set_config(name, 'off', true)
      from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) name;
  else
    for moved in
      select item, warehouse, location, batch, status, owner, sum(quantity) as quantity
      from new_movements group by item, warehouse, location, batch, status, owner
      having sum(quantity) <> 0
    loop
      update erp_inventory.balance b set quantity = b.quantity + moved.quantity
      where b.item = moved.item and b.warehouse = moved.warehouse and b.location = moved.location
        and b.batch = moved.batch and b.status = moved.status and b.owner = moved.owner;
      if not found then
        insert into erp_inventory.balance
          (item, warehouse, location, batch, status, owner, quantity, negative_allowed)
        select moved.item, moved.warehouse, moved.location, moved.batch, moved.status, moved.owner,
          moved.quantity, w.negative_allowed
        from erp_inventory.warehouse w where w.id = moved.warehouse;
      end if;
    end loop;
    for moved in
      select item, warehouse, sum(value) as value, sum(jsonb_array_length(serials)) as pieces,
        coalesce(sum(quantity) filter (where status <> 'consignment'), 0) as quantity,
        coalesce(sum(quantity) filter (where status = 'free'), 0) as free
      from new_movements group by item, warehouse
    loop
      update erp_inventory.position p set quantity = p.quantity + moved.quantity,
        value = p.value + moved.value, free = p.free + moved.free
      where p.item = moved.item and p.warehouse = moved.warehouse;
      has_places := has_places and found;
      has_pieces := has_pieces or coalesce(moved.pieces, 0) > 0;
    end loop;
  end if;
  if not has_places then raise exception 'a movement has no position'; end if;
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
