select erp_company.follow_documents('erp_subscriptions.subscription', 'subscription', '{id}', 'legal_entity');
select erp_company.follow_part('erp_subscriptions.event', 'subscription', '{subscription_id}');
