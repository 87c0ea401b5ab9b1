-- A statement tells of no payment or transfer whose match was undone, unless another match stands: these
-- links are taken away, as undoing does from now on.
select erp_company.unlink_documents(told.kind, told.id, 'bank-statement', told.statement_id)
  from (select case when t.id is null then 'bank-payment' else 'bank-transfer' end as kind,
      coalesce(t.id, p.document_id) as id, l.statement_id
    from erp_banking.match_part p
    join erp_banking.match m on m.id = p.match_id
    join erp_banking.statement_line l on l.id = m.line_id
    left join erp_banking.transfer t
      on p.kind = 'booked' and p.entry_id in (t.entry_id, t.arriving_entry_id)
    group by 1, 2, 3
    having bool_and(p.is_undone)) told
  where told.id is not null;
