-- What a reason says, as code and slots, for pages in other languages. Null: a system's own words.
alter table sync.quarantine add column said json;
