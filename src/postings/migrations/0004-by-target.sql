-- What waits to change a document, found when a reading brings another version of it.
create index posting_by_target on postings.posting (integration, kind, target_key)
  where target_key is not null and state = 'intent';
