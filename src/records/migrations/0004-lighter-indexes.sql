-- A first load wrote two indexes that nothing needs in that form. A record's id is the digest of its
-- integration, kind and key, so the primary key keeps a key from coming twice and finds it, too.
drop index records.record_by_key;
create index record_by_kind on records.record (kind, integration);
-- A record's history is found by its id alone; a digest of it is lighter to keep in order.
drop index records.change_by_record;
create index change_by_record on records.change using hash (record_id);
