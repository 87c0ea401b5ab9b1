-- Agreements and price lists that are changed: from a version, by somebody, kept.
alter table erp_items.price_list add column version integer not null default 1;

create table erp_items.price_change (
  of_kind text not null check (of_kind in ('agreement', 'price-list')),
  of_id text not null,
  version integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  changes jsonb not null, -- {field: [before, after]}
  primary key (of_kind, of_id, version)
);
create trigger price_change_is_final before update or delete or truncate on erp_items.price_change
  for each statement execute function erp_items.refuse_change();

create function erp_items.refuse_agreement_change() returns trigger language plpgsql as $$
begin
  if old.status = 'closed' then raise exception 'a closed agreement stays as it is'; end if;
  if new.version <> old.version + 1 then raise exception 'a change makes the next version'; end if;
  if (new.legal_entity, new.number, new.side, new.party, new.kind, new.currency, new.valid_from)
    is distinct from
    (old.legal_entity, old.number, old.side, old.party, old.kind, old.currency, old.valid_from)
  then raise exception 'with whom, in what and from when an agreement holds stays'; end if;
  return new;
end $$;
create trigger agreement_changes_by_version before update on erp_items.agreement
  for each row execute function erp_items.refuse_agreement_change();

-- What a price says stays: orders were written by it. It ends, and a later one takes over.
create function erp_items.refuse_price_change() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'valid_to' <> to_jsonb(old) - 'valid_to'
  then raise exception 'a price stays as it is; it ends, and another takes over'; end if;
  return new;
end $$;
create trigger price_stays before update on erp_items.price
  for each row execute function erp_items.refuse_price_change();
