-- What was handed over: it lies where the system will fetch it, and is looked at until it is answered.
alter table postings.posting add column place text; -- Where it was handed over.
alter table postings.posting drop constraint posting_state_check;
alter table postings.posting add constraint posting_state_check check
  (state in ('intent', 'sending', 'uncertain', 'handed-over', 'accepted', 'dead', 'conflict',
    'dismissed'));
drop index postings.posting_due;
create index posting_due on postings.posting (priority desc, next_try_at, sequence)
  where state in ('intent', 'sending', 'uncertain', 'handed-over');
drop index postings.posting_by_state;
create index posting_by_state on postings.posting (state, updated_at desc)
  where state in ('dead', 'conflict', 'uncertain', 'handed-over');
alter table postings.attempt drop constraint attempt_action_check;
alter table postings.attempt add constraint attempt_action_check check
  (action in ('read', 'send', 'look', 'withdraw', 'edit', 'retry', 'dismiss', 'settle', 'lost'));
