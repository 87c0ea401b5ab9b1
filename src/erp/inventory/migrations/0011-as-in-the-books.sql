-- Of a counted line: nobody typed a figure, a person said that it agrees with the books.
alter table erp_inventory.count_line add column as_booked boolean not null default false,
  add constraint as_booked_is_expected check (not as_booked or counted = expected);
