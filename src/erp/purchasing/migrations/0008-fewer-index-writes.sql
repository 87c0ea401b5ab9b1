-- An order changes three times on its way and its lines too. A change that touches no indexed column
-- and finds room on its page writes to no index: pages are filled half, and what nobody asks for by
-- an index has none.
alter table erp_purchasing.purchase_order set (fillfactor = 50);
alter table erp_purchasing.purchase_order_line set (fillfactor = 50);
drop index erp_purchasing.purchase_order_unfinished;

-- Most receipts take none back: an index of them need not hold that they do not.
alter table erp_purchasing.goods_receipt drop constraint goods_receipt_reverses_key;
create unique index goods_receipt_is_reversed_once on erp_purchasing.goods_receipt (reverses)
  where reverses is not null;
