-- Written by many at once, like the other lists of an item.
alter table erp_open_items.open_item
  alter column blocks drop default,
  alter column blocks type jsonb using to_jsonb(blocks),
  alter column blocks set default '[]';
