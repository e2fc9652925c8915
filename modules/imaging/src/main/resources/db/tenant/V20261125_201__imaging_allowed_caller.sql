-- Application entities that may open associations; as long as there is none, all may.
create table allowed_caller (
  ae_title   varchar(16) primary key,
  networks   text        not null,
  changed_at timestamptz not null,
  changed_by text        not null
);
comment on column allowed_caller.networks is 'CIDR, separated by commas; empty: from anywhere';
