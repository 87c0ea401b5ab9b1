-- A series' row changes with every document: with room on its page that writes to no index.
alter table erp_company.number_series set (fillfactor = 10);
