-- In the very order in which postings are taken: with a long backlog, taking one reads one.
drop index postings.posting_due;
create index posting_due on postings.posting (priority desc, next_try_at, sequence)
  where state in ('intent', 'sending', 'uncertain');
