-- A line may be about a service in words, for order lines that name no item: a price for one, limits, or both.
alter table erp_items.agreement_line add column service text check (service <> ''),
  add column unit text check (unit <> ''); -- Of a service; an item has its own.
alter table erp_items.agreement_line drop constraint agreement_line_check;
alter table erp_items.agreement_line
  add constraint about_one_thing check (num_nonnulls(item, item_group, service) = 1),
  add constraint unit_is_of_a_service check (unit is null or service is not null),
  add constraint counted_in_a_unit check
    (service is null or unit is not null or (price is null and quantity_limit is null and tiers = '[]'));
