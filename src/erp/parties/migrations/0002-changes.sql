select erp_company.follow_documents('erp_parties.party', 'party', '{id}', null);
