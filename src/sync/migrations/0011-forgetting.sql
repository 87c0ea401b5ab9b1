-- PostgreSQL looks up a foreign key row by row, which was a fifth of what it did in a first load. A
-- place's documents still go with it, in one statement; they are written only by a run of that place.
alter table sync.document drop constraint document_checkpoint_fkey;
create function sync.forget_documents() returns trigger language plpgsql as $$
begin
  delete from sync.document d using gone where d.checkpoint = gone.id;
  return null;
end $$;
create trigger documents_go_with_their_checkpoint after delete on sync.checkpoint
  referencing old table as gone for each statement execute function sync.forget_documents();

alter table sync.pulled drop constraint pulled_pull_fkey;
create function sync.forget_pulled() returns trigger language plpgsql as $$
begin
  delete from sync.pulled p using gone where p.pull = gone.id;
  return null;
end $$;
create trigger pulled_goes_with_its_pull after delete on sync.pull
  referencing old table as gone for each statement execute function sync.forget_pulled();
