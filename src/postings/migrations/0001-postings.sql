-- What belongs together: shown, and taken back, as one.
create table postings.batch (
  id text primary key,
  integration text not null,
  title text not null,
  cause json not null,
  undoes text references postings.batch,
  created_at timestamptz not null
);
create index batch_by_time on postings.batch (integration, created_at desc);

-- One thing to be booked in a system, exactly once. `reference` is the idempotency key: the system
-- keeps it in a field of its own, so that a booking whose answer was lost can be found again.
create table postings.posting (
  id text primary key,
  sequence bigint generated always as identity unique,
  integration text not null,
  operation text not null,
  kind text not null,
  reference text not null,
  business_key text not null,
  payload json not null,
  target_key text,
  target_version text, -- As the caller last saw it.
  target_hash text, -- The same, for systems without versions: SHA-256 of the content.
  lane text not null, -- Postings of one lane go out one after the other.
  cause json not null,
  priority integer not null default 0,
  batch_id text references postings.batch,
  undoes text references postings.posting,
  state text not null check
    (state in ('intent', 'sending', 'uncertain', 'accepted', 'dead', 'conflict', 'dismissed')),
  attempts integer not null default 0, -- Times sent.
  lookups integer not null default 0, -- Times looked since the last was sent.
  next_try_at timestamptz not null,
  settle_until timestamptz, -- Uncertain: "not there" is believed only after this.
  why text,
  code text,
  reason text,
  field text,
  pre_image json,
  result_key text,
  result_version text, -- Known only from the answer itself: what it was right after our booking.
  result_hash text,
  result_detail json,
  lease_until timestamptz,
  fence bigint not null default 0, -- Grows with every claim: a worker that was overtaken writes nothing.
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (integration, reference)
) with (fillfactor = 70);
create index posting_due on postings.posting (priority desc, next_try_at)
  where state in ('intent', 'sending', 'uncertain');
create index posting_open_by_lane on postings.posting (integration, lane, sequence)
  where state not in ('accepted', 'dismissed');
create index posting_by_batch on postings.posting (batch_id, sequence) where batch_id is not null;
create index posting_by_result on postings.posting (integration, kind, result_key)
  where state = 'accepted';
create index posting_by_time on postings.posting (created_at desc, id);
create index posting_by_state on postings.posting (state, updated_at desc)
  where state in ('dead', 'conflict', 'uncertain');

-- Everything that was done about a posting, by machines and by people.
create table postings.attempt (
  posting_id text not null references postings.posting on delete cascade,
  number integer not null,
  action text not null check
    (action in ('read', 'send', 'look', 'edit', 'retry', 'dismiss', 'settle', 'lost')),
  by text not null, -- The worker, or the person.
  started_at timestamptz not null,
  finished_at timestamptz, -- Null: nobody lived to tell.
  outcome text,
  detail json,
  exchanges json, -- What went over the wire, secrets masked.
  primary key (posting_id, number)
);

-- Nothing goes out to an integration that is held.
create table postings.hold (
  integration text primary key,
  reason text not null,
  by text not null,
  since timestamptz not null
);
