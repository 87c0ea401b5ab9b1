-- What a source told of by itself. A delivery stands here before the source hears that it was taken.
create table sync.webhook_delivery (
  id text primary key,
  integration text not null references sync.integration on delete cascade,
  delivery_id text not null, -- The sender's own word for it, else a hash of it.
  received_at timestamptz not null,
  sent_at timestamptz, -- As the sender says, where it signs that.
  repeats integer not null default 0,
  bytes integer not null,
  wishes json not null, -- What it named, the first of them.
  wish_count integer not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  problem text,
  finished_at timestamptz,
  unique (integration, delivery_id)
);
create index webhook_delivery_by_time on sync.webhook_delivery (integration, received_at desc, id);

-- What is still to be looked at. No entity: whatever has changed.
create table sync.webhook_wish (
  id bigint generated always as identity primary key,
  delivery text not null references sync.webhook_delivery on delete cascade,
  integration text not null,
  entity text,
  key text,
  attempts integer not null default 0
);
create index webhook_wish_by_integration on sync.webhook_wish (integration, id);
create index webhook_wish_by_delivery on sync.webhook_wish (delivery);

-- Grows whenever somebody begins to look: what comes after that wakes somebody anew.
create table sync.webhook_round (
  integration text primary key references sync.integration on delete cascade,
  round integer not null default 0
);
