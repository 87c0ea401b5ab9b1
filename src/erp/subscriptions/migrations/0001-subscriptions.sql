-- What customers subscribe to.
create table erp_subscriptions.plan (
  id text primary key,
  legal_entity text not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  interval_months integer not null check (interval_months in (1, 3, 6, 12)),
  tax_code text,
  status text not null default 'active' check (status in ('active', 'inactive')),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code)
);
-- What one of it costs for an interval, from a day on.
create table erp_subscriptions.plan_price (
  plan_id text not null references erp_subscriptions.plan,
  currency text not null,
  valid_from date not null,
  unit_price numeric not null check (unit_price >= 0),
  created_by text not null,
  created_at timestamptz not null,
  primary key (plan_id, currency, valid_from)
);

-- What a customer has subscribed to. From `status` on: as its last event says, kept by triggers alone.
create table erp_subscriptions.subscription (
  id text primary key,
  legal_entity text not null,
  number text not null,
  customer text not null,
  currency text not null,
  payment_terms text,
  starts_on date not null,
  term_months integer check (term_months > 0), -- None: it runs until somebody ends it.
  auto_renews boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  status text not null default 'active' check (status in ('active', 'paused', 'ended')),
  plan_id text references erp_subscriptions.plan,
  quantity numeric not null default 0,
  mrr numeric not null default 0,
  ends_on date, -- The first day that is not of it.
  version integer not null default 0, -- The number of its last event.
  last_on date,
  unique (legal_entity, number)
) with (fillfactor = 70);
create index subscription_by_customer on erp_subscriptions.subscription (customer);

-- What happened to a subscription, and what it is from that day on. Only grows.
create table erp_subscriptions.event (
  subscription_id text not null references erp_subscriptions.subscription,
  number integer not null check (number > 0),
  on_day date not null,
  action text not null check (action in ('start', 'change', 'pause', 'resume', 'renew', 'end')),
  status text not null check (status in ('active', 'paused', 'ended')),
  plan_id text not null references erp_subscriptions.plan,
  quantity numeric not null check (quantity > 0),
  unit_price numeric not null check (unit_price >= 0), -- For an interval.
  interval_months integer not null check (interval_months in (1, 3, 6, 12)),
  anchor_on date not null, -- Intervals are counted from here.
  ends_on date,
  mrr_before numeric not null,
  mrr numeric not null check (mrr >= 0), -- Of a month; the subscription's currency, at its scale.
  movement text check (movement in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  reason text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  primary key (subscription_id, number),
  check ((action = 'start') = (number = 1)),
  check (status = 'active' or mrr = 0),
  constraint movements_are_what_they_say check (coalesce(movement, '') = case
    when mrr = mrr_before then ''
    when mrr_before = 0 and number = 1 then 'new'
    when mrr_before = 0 then 'reactivation'
    when mrr = 0 then 'churn'
    when mrr > mrr_before then 'expansion' else 'contraction' end)
);
create index event_by_day on erp_subscriptions.event (on_day) where movement is not null;

create table erp_subscriptions.billing_run (
  id text primary key,
  legal_entity text not null,
  number text not null,
  until_day date not null,
  posted_on date not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);

-- What was charged for an interval: the first charge of each is recurring, the others correct it.
create table erp_subscriptions.charge (
  subscription_id text not null references erp_subscriptions.subscription,
  number integer not null check (number > 0),
  kind text not null check (kind in ('recurring', 'more', 'less')),
  period_from date not null,
  period_to date not null check (period_to > period_from), -- The first day after it.
  service_from date not null, -- Earned from here to `period_to`.
  amount numeric not null,
  company_amount numeric not null,
  run_id text not null references erp_subscriptions.billing_run,
  document_id text, -- The customer invoice or credit note. None: nothing was to be paid.
  document_number text,
  document_line integer,
  corrects integer, -- The charge that is lowered.
  released numeric not null default 0, -- Of `amount`: earned, in the books; kept by triggers alone.
  company_released numeric not null default 0,
  primary key (subscription_id, number),
  foreign key (subscription_id, corrects) references erp_subscriptions.charge,
  check (service_from >= period_from and service_from < period_to),
  check (case kind when 'less' then amount < 0 when 'more' then amount > 0 else amount >= 0 end),
  check ((kind = 'less') = (corrects is not null)),
  check ((amount = 0) = (document_id is null)),
  constraint no_more_is_earned_than_charged
    check (released * sign(amount) between 0 and abs(amount))
) with (fillfactor = 70);
create unique index interval_is_charged_once on erp_subscriptions.charge (subscription_id, period_from)
  where kind = 'recurring';
create index charge_not_earned on erp_subscriptions.charge (subscription_id, number)
  where released <> amount;

-- What of charges was earned, and when.
create table erp_subscriptions.release_run (
  id text primary key,
  legal_entity text not null,
  number text not null,
  through date not null,
  currency text not null,
  amount numeric not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create table erp_subscriptions.release (
  run_id text not null references erp_subscriptions.release_run,
  subscription_id text not null,
  charge integer not null,
  amount numeric not null,
  company_amount numeric not null,
  primary key (run_id, subscription_id, charge),
  foreign key (subscription_id, charge) references erp_subscriptions.charge
);
