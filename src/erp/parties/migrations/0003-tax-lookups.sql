-- Who comes in is looked for by tax number among those just written: with what is new in the index at
-- once, a look does not read all that waits to be sorted in.
alter index erp_parties.party_by_tax set (fastupdate = off);
select gin_clean_pending_list('erp_parties.party_by_tax');
