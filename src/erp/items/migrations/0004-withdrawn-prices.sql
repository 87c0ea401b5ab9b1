-- A price that should never have stood is withdrawn: it stays, and nothing is priced by it from then on.
alter table erp_items.price
  add column withdrawn_by text,
  add column withdrawn_at timestamptz,
  add check ((withdrawn_by is null) = (withdrawn_at is null));

-- Another one may then begin on the same day.
alter table erp_items.price
  drop constraint price_price_list_item_min_quantity_valid_from_key;
create unique index price_begins_once on erp_items.price
  (price_list, item, min_quantity, valid_from) where withdrawn_at is null;

create or replace function erp_items.refuse_price_change() returns trigger language plpgsql as $$
begin
  if old.withdrawn_at is not null then
    raise exception 'a price that was withdrawn stays as it is';
  end if;
  if to_jsonb(new) - '{valid_to,withdrawn_by,withdrawn_at}'::text[]
    <> to_jsonb(old) - '{valid_to,withdrawn_by,withdrawn_at}'::text[]
  then raise exception 'a price stays as it is; it ends or is withdrawn, and another takes over'; end if;
  return new;
end $$;
