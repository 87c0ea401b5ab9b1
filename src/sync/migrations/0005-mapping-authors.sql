-- Who made a version of a mapping, and why. Null: it came with Rialto.
alter table sync.mapping_version add column author text, add column note text;

-- Whether the newest version is in force, or the mapping that ships with Rialto.
alter table sync.integration add column own_mapping boolean not null default false;
update sync.integration i set own_mapping = true where exists (
  select from sync.mapping_version v where v.integration = i.name and v.pack ->> 'name' <> i.mapping
);
