-- What was taken of suppliers' consignment, and how much of it they have charged.
create table erp_inventory.withdrawn (
  id text primary key, -- The document, and which of its lines.
  legal_entity text not null,
  document text not null references erp_inventory.document,
  number text not null, -- The document's.
  supplier text not null,
  item text not null,
  warehouse text not null references erp_inventory.warehouse,
  batch text not null default '',
  quantity numeric not null check (quantity > 0),
  unit_cost numeric not null check (unit_cost >= 0), -- As agreed; company currency.
  value numeric not null, -- What was put to goods received and not invoiced for it.
  taken_on date not null,
  charged numeric not null default 0,
  charged_value numeric not null default 0,
  is_reversed boolean not null default false,
  constraint no_more_charged_than_taken check (charged >= 0 and charged <= quantity),
  constraint charged_stays_taken check (not is_reversed or charged = 0)
) with (fillfactor = 80);
create index withdrawn_by_day on erp_inventory.withdrawn (legal_entity, taken_on, id);
create index withdrawn_open on erp_inventory.withdrawn (legal_entity, supplier)
  where charged < quantity and not is_reversed;

-- What an invoice, or a person who knows how it was charged, says of it; minus gives back. Only grows.
create table erp_inventory.withdrawal_charge (
  sequence bigint generated always as identity primary key,
  withdrawn text not null references erp_inventory.withdrawn,
  source text not null, -- An invoice line; or that a person said so.
  quantity numeric not null,
  value numeric not null,
  reason text,
  charged_on date not null,
  created_by text not null,
  created_at timestamptz not null
);
create index withdrawal_charge_by_withdrawn on erp_inventory.withdrawal_charge (withdrawn);
create trigger charge_is_final before update or delete or truncate on erp_inventory.withdrawal_charge
  for each statement execute function erp_inventory.refuse_change();
create function erp_inventory.sum_charges() returns trigger language plpgsql as $$
begin
  update erp_inventory.withdrawn w set charged = w.charged + s.quantity,
    charged_value = w.charged_value + s.value
  from (select withdrawn, sum(quantity) as quantity, sum(value) as value
    from added group by withdrawn) s where w.id = s.withdrawn;
  return null;
end $$;
create trigger charges_are_summed after insert on erp_inventory.withdrawal_charge
  referencing new table as added for each statement execute function erp_inventory.sum_charges();

-- What was taken before: of each line what left the supplier's stock, and what it became worth here.
insert into erp_inventory.withdrawn (id, legal_entity, document, number, supplier, item, warehouse,
    batch, quantity, unit_cost, value, taken_on, is_reversed)
  select d.id || ':' || (i.source_line::integer / 2), d.legal_entity, d.id, d.number, o.owner, i.item,
    i.warehouse, i.batch, i.quantity, round((i.value + i.variance) / i.quantity, 6),
    i.value + i.variance, d.posted_on,
    exists (select from erp_inventory.movement r where r.reversal_of = i.id)
  from erp_inventory.document d
  join erp_inventory.movement i on i.source_id = d.id and i.kind = 'receipt'
  join erp_inventory.movement o on o.source_id = d.id and o.kind = 'consignment-out'
    and o.source_line::integer = i.source_line::integer - 1
  where d.kind = 'withdrawal' and i.source_area = 'inventory' and o.source_area = 'inventory'
    and i.reversal_of is null and o.reversal_of is null;
