-- What one party owes the other for one document, or one instalment of it. Amounts are positive:
-- `effect` says whether the item raises or lowers what is owed.
create table erp_open_items.open_item (
  id text primary key,
  legal_entity text not null,
  side text not null check (side in ('receivable', 'payable')),
  effect text not null check (effect in ('raises', 'lowers')),
  kind text not null check (kind in ('invoice', 'credit-note', 'payment', 'prepayment', 'opening')),
  party text not null,
  document_kind text not null,
  document_id text not null,
  document_number text not null,
  instalment smallint not null default 1,
  entry_id text, -- The journal entry that booked it.
  currency text not null,
  amount numeric not null check (amount > 0),
  company_amount numeric not null check (company_amount >= 0), -- In the legal entity's currency.
  issued_on date not null,
  posted_on date not null,
  due_on date not null,
  discounts jsonb not null default '[]', -- [{ percent, until }], the earliest first.
  tax_shares jsonb not null default '[]', -- [{ code, net, tax }]: what a discount corrects.
  cleared numeric not null default 0, -- Sum of its allocations, kept by their trigger.
  company_cleared numeric not null default 0,
  dispute jsonb, -- { reason, amount, since }
  blocks text[] not null default '{}', -- Why it is not to be paid or dunned.
  dunning_level smallint not null default 0,
  dunned_on date,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  check (cleared >= 0 and cleared <= amount),
  check (company_cleared >= 0 and company_cleared <= company_amount),
  check (cleared < amount or company_cleared = company_amount), -- Nothing is left over by rounding.
  unique (document_id, instalment, side)
) with (fillfactor = 80);
create index open_item_by_party on erp_open_items.open_item (legal_entity, side, party, due_on)
  where cleared < amount;
create index open_item_by_due on erp_open_items.open_item (legal_entity, side, due_on, id)
  where cleared < amount;
create index open_item_by_posting on erp_open_items.open_item (legal_entity, side, posted_on);

-- What lowers paid (part of) what raises. Never changed: taken back by a second one of the opposite sign.
create table erp_open_items.allocation (
  id text primary key,
  legal_entity text not null,
  raising_item text not null references erp_open_items.open_item,
  lowering_item text not null references erp_open_items.open_item,
  allocated_on date not null,
  amount numeric not null, -- Of the lowering item, in the currency of both.
  discount numeric not null, -- Settled beside it, by a cash discount.
  raising_company numeric not null, -- What both cleared of the raising item, company currency.
  lowering_company numeric not null,
  discount_company numeric not null,
  difference numeric not null, -- Realised by exchange rates: gained above zero, lost below.
  entry_id text, -- Discount and difference in the books.
  reverses text unique references erp_open_items.allocation,
  created_by text not null,
  created_at timestamptz not null,
  check (amount <> 0 or discount <> 0),
  check ((reverses is null) = (amount >= 0 and discount >= 0))
);
create index allocation_by_raising on erp_open_items.allocation (raising_item);
create index allocation_by_lowering on erp_open_items.allocation (lowering_item);
create index allocation_by_day on erp_open_items.allocation (legal_entity, allocated_on);

create function erp_open_items.add_cleared() returns trigger language plpgsql as $$
begin
  update erp_open_items.open_item i
    set cleared = i.cleared + s.amount, company_cleared = i.company_cleared + s.company,
      version = i.version + 1
    from (
      select item, sum(amount) as amount, sum(company) as company from (
        select raising_item as item, amount + discount as amount, raising_company as company
          from added
        union all
        select lowering_item, amount, lowering_company from added
      ) each group by item
    ) s where i.id = s.item;
  return null;
end $$;
create trigger allocation_clears after insert on erp_open_items.allocation
  referencing new table as added for each statement execute function erp_open_items.add_cleared();

create function erp_open_items.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is posted: it is taken back, never changed', tg_table_name
    using errcode = 'RI001';
end $$;
create trigger allocation_stays before update or delete or truncate on erp_open_items.allocation
  for each statement execute function erp_open_items.refuse_rewriting();
create trigger open_item_stays before delete or truncate or update of
    id, legal_entity, side, effect, kind, party, document_kind, document_id, document_number,
    instalment, currency, amount, company_amount, issued_on, posted_on, discounts, tax_shares
  on erp_open_items.open_item
  for each statement execute function erp_open_items.refuse_rewriting();
