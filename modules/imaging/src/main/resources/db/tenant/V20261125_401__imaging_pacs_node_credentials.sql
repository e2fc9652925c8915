-- What a DICOMweb node is shown: sealed by the hospital's data key, never in the clear.
alter table pacs_node
  add column authorization_scheme text not null default 'NONE'
    check (authorization_scheme in ('NONE', 'BASIC', 'BEARER')),
  add column authorization_sealed text;

comment on column pacs_node.authorization_sealed is 'sealed by the hospital''s data key; null with NONE';
