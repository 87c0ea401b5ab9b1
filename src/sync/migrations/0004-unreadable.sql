-- How many rows of an entity could not be read when it last was: they stay held while the file does.
create table sync.unreadable (
  integration text not null references sync.integration on delete cascade,
  entity text not null,
  rows integer not null,
  primary key (integration, entity)
);
