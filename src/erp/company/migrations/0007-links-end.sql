-- Takes away the link between two documents that holds no more, for an area that finds out.
create function erp_company.unlink_documents(
  of_kind text, of_id text, became_kind text, became_id text
) returns void language sql as $$
  delete from erp_company.document_link
    where from_kind = of_kind and from_id = of_id and to_kind = became_kind and to_id = became_id
$$;
