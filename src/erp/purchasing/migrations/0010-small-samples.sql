-- Statistics are made of a smaller sample, as in every area.
select erp_company.sample_few('erp_purchasing');
