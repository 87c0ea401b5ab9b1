-- What a posting that was found by looking had become, as it was read right after the look.
alter table postings.posting add column looked json;
