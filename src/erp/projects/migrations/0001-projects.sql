-- Who, or what, works by the hour for projects.
create table erp_projects.resource (
  id text primary key,
  legal_entity text not null,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  cost_centre text, -- That gives the hours.
  status text not null default 'active' check (status in ('active', 'inactive')),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code)
);
-- What an hour costs, and what it is charged at, from a day on. Company currency.
create table erp_projects.resource_rate (
  resource text not null references erp_projects.resource,
  valid_from date not null,
  cost_rate numeric not null check (cost_rate >= 0),
  bill_rate numeric not null check (bill_rate >= 0),
  created_by text not null,
  created_at timestamptz not null,
  primary key (resource, valid_from)
);

-- Everything of a project is in the company's currency.
create table erp_projects.project (
  id text primary key,
  legal_entity text not null,
  number text not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('fixed-price', 'time-and-material', 'internal')),
  customer text,
  manager text not null default '',
  currency text not null,
  tax_code text, -- Of what is charged.
  payment_terms text,
  budget_check text not null check (budget_check in ('off', 'block')),
  decision text not null check
    (decision in ('draft', 'released', 'on-hold', 'completed', 'closed', 'cancelled')),
  baseline_version integer, -- The plan it was released with.
  closed_on date,
  plan_version integer not null default 0, -- These six are kept by triggers alone.
  hours numeric not null default 0 check (hours >= 0),
  time_cost numeric not null default 0 check (time_cost >= 0),
  billed numeric not null default 0 check (billed >= 0), -- Net, of bills that stand.
  unbilled numeric not null default 0 check (unbilled >= 0), -- Earned and not charged, in the books.
  deferred numeric not null default 0 check (deferred >= 0), -- Charged and not earned, in the books.
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((kind = 'internal') = (customer is null)),
  check ((decision in ('draft', 'cancelled')) = (baseline_version is null)),
  check ((decision = 'closed') = (closed_on is not null)),
  constraint closed_projects_are_settled
    check (decision not in ('closed', 'cancelled', 'draft') or (unbilled = 0 and deferred = 0)),
  constraint drafts_hold_nothing
    check (decision not in ('draft', 'cancelled') or (hours = 0 and billed = 0))
) with (fillfactor = 70);
create index project_by_customer on erp_projects.project (customer) where customer is not null;

-- A plan in one version. Never changed: another plan is another version.
create table erp_projects.plan (
  project_id text not null references erp_projects.project,
  version integer not null check (version > 0),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  change_order text, -- That made it.
  made_in xid8 not null default pg_current_xact_id(),
  created_by text not null,
  created_at timestamptz not null,
  primary key (project_id, version)
);
create table erp_projects.plan_task (
  project_id text not null,
  version integer not null,
  number text not null check (number <> ''),
  position integer not null,
  name text not null check (name <> ''),
  parent text check (parent <> number),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  primary key (project_id, version, number),
  foreign key (project_id, version) references erp_projects.plan,
  foreign key (project_id, version, parent) references erp_projects.plan_task
);
create table erp_projects.plan_month (
  project_id text not null,
  version integer not null,
  task text not null,
  month date not null check (extract(day from month) = 1),
  hours numeric not null check (hours >= 0),
  cost numeric not null check (cost >= 0),
  revenue numeric not null check (revenue >= 0),
  primary key (project_id, version, task, month),
  foreign key (project_id, version, task) references erp_projects.plan_task
);
create table erp_projects.plan_milestone (
  project_id text not null,
  version integer not null,
  number text not null check (number <> ''),
  name text not null check (name <> ''),
  task text,
  planned_on date not null,
  amount numeric not null check (amount >= 0), -- That is charged when it is reached.
  primary key (project_id, version, number),
  foreign key (project_id, version) references erp_projects.plan,
  foreign key (project_id, version, task) references erp_projects.plan_task
);

-- How far a task is, as somebody said on a day. Only grows.
create table erp_projects.progress (
  id bigint generated always as identity primary key,
  project_id text not null references erp_projects.project,
  task text not null,
  on_day date not null,
  percent numeric not null check (percent between 0 and 100),
  cost_to_complete numeric check (cost_to_complete >= 0), -- What the rest will cost. None: as it went.
  note text not null default '',
  by text not null,
  at timestamptz not null
);
create index progress_by_task on erp_projects.progress (project_id, task, on_day, id);
create table erp_projects.milestone_reached (
  project_id text not null references erp_projects.project,
  milestone text not null,
  reached_on date not null,
  by text not null,
  at timestamptz not null,
  primary key (project_id, milestone)
);

-- A change of the plan that is asked for; approved, it makes the next version.
create table erp_projects.change_order (
  id text primary key,
  legal_entity text not null,
  number text not null,
  project_id text not null references erp_projects.project,
  title text not null check (title <> ''),
  reason text not null default '',
  change jsonb not null,
  cost_change numeric not null,
  revenue_change numeric not null,
  days_change integer not null, -- Of the end.
  decision text not null default 'draft' check (decision in ('draft', 'approved', 'rejected')),
  plan_version integer, -- That it made.
  decided_by text,
  decided_at timestamptz,
  decision_note text not null default '',
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  foreign key (project_id, plan_version) references erp_projects.plan,
  check ((decision = 'approved') = (plan_version is not null)),
  check ((decision = 'draft') = (decided_by is null)),
  constraint four_eyes check (decision <> 'approved' or decided_by <> created_by)
);
create unique index change_order_makes_one_plan on erp_projects.change_order (project_id, plan_version)
  where plan_version is not null;

-- Hours that were worked. Posted when it is written; never changed, only reversed.
create table erp_projects.time_sheet (
  id text primary key,
  legal_entity text not null,
  number text not null,
  kind text not null check (kind in ('time', 'reversal')),
  resource text not null references erp_projects.resource,
  posted_on date not null,
  entry_id text, -- None: it cost nothing.
  reverses text unique references erp_projects.time_sheet,
  reason text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check ((kind = 'reversal') = (reverses is not null))
);
create index time_sheet_by_day on erp_projects.time_sheet (legal_entity, posted_on, id);
create table erp_projects.time_line (
  sheet_id text not null references erp_projects.time_sheet,
  number integer not null check (number > 0),
  resource text not null,
  project_id text not null references erp_projects.project,
  task text not null,
  worked_on date not null,
  hours numeric not null check (hours <> 0), -- Below zero on a reversal.
  cost_rate numeric not null,
  cost numeric not null, -- Company currency, as it was posted.
  bill_rate numeric not null,
  charge numeric not null, -- Exact: hours times rate; zero when it is not charged.
  text text not null default '',
  primary key (sheet_id, number)
);
create index time_line_by_project on erp_projects.time_line (project_id, worked_on);
create index time_line_by_day on erp_projects.time_line (resource, worked_on);

-- What was charged of a project: the customer's invoice is in receivables.
create table erp_projects.bill (
  id text primary key,
  legal_entity text not null,
  number text not null,
  project_id text not null references erp_projects.project,
  posted_on date not null,
  invoice_id text not null unique,
  invoice_number text not null,
  net numeric not null check (net > 0),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number)
);
create index bill_by_project on erp_projects.bill (project_id);
create table erp_projects.bill_line (
  bill_id text not null references erp_projects.bill,
  number integer not null,
  project_id text not null,
  milestone text,
  sheet_id text,
  sheet_line integer,
  amount numeric not null check (amount > 0),
  stands boolean not null default true, -- Until the bill is cancelled; kept by its trigger.
  primary key (bill_id, number),
  foreign key (sheet_id, sheet_line) references erp_projects.time_line,
  check ((milestone is null) = (sheet_id is not null)),
  check ((sheet_id is null) = (sheet_line is null))
);
create unique index milestone_is_charged_once on erp_projects.bill_line (project_id, milestone)
  where stands and milestone is not null;
create unique index hours_are_charged_once on erp_projects.bill_line (sheet_id, sheet_line)
  where stands and sheet_id is not null;
create table erp_projects.bill_cancellation (
  bill_id text primary key references erp_projects.bill,
  cancelled_on date not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null
);

-- What a project had earned on a day, and what of it the books show beside what was charged.
create table erp_projects.recognition (
  id text primary key,
  legal_entity text not null,
  number text not null,
  project_id text not null references erp_projects.project,
  on_day date not null,
  percent numeric not null check (percent between 0 and 100),
  earned numeric not null,
  charged numeric not null, -- By the ledger, without what was recognised before.
  unbilled numeric not null,
  deferred numeric not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  check (unbilled = 0 or deferred = 0),
  check (earned = charged + unbilled - deferred)
);
create index recognition_by_project on erp_projects.recognition (project_id, number);

create table erp_projects.project_event (
  id bigint generated always as identity primary key,
  project_id text not null references erp_projects.project,
  action text not null,
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index project_event_by_project on erp_projects.project_event (project_id, id);
