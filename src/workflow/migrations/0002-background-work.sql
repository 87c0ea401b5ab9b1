-- The last piece of each sort of work that went on in the background, and what came of it.
create table workflow.background_work (
  kind text not null,
  name text not null, -- What it was about, within its kind.
  work json not null,
  primary key (kind, name)
);
