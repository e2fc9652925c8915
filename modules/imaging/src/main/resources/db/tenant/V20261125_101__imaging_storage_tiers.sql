-- Objects move to slower storage, are compressed on the way, and go when the PACS has them.
alter table instance
  add column tier          text not null default 'HOT',
  add column placed_at     timestamptz,
  add column stored_syntax varchar(64),
  add column stored_sha256 char(64),
  add column stored_bytes  bigint,
  add column answer_bytes  bigint,
  add column released_at   timestamptz,
  add column released_to   varchar(32),
  add constraint instance_tier check
    (tier = case when location like 'warm/%' then 'WARM'
                 when location like 'cold/%' then 'COLD' else 'HOT' end),
  add constraint instance_stored_copy check
    ((stored_syntax is null) = (stored_sha256 is null)
     and (stored_syntax is null) = (stored_bytes is null)
     and (stored_syntax is null) = (answer_bytes is null)),
  add constraint instance_released check ((released_at is null) = (released_to is null));
comment on column instance.sha256 is 'of the Part 10 object as it was received, for ever';
comment on column instance.placed_at is
  'when it came to its present place; null: when it was received';
comment on column instance.stored_syntax is
  'transfer syntax of the copy that lies here; null: as it was received';
comment on column instance.answer_bytes is
  'length of the object restored from the copy that lies here';
comment on column instance.released_at is
  'since when no copy is kept here, because released_to, a PACS node, has committed it';

alter table study add column accessed_at timestamptz;
comment on column study.accessed_at is 'when a person last looked at it, to the hour';

-- Files that nothing may need any more: removed when due and no object lies there. A file is named
-- here before it is written, so that one whose writer died is found.
create table storage_removal (
  location         text primary key,
  due_at           timestamptz not null,
  sop_instance_uid varchar(64)
);
comment on column storage_removal.sop_instance_uid is
  'the released object whose only copy this is; null for copies and leftovers';
create index storage_removal_due on storage_removal (due_at);

create table storage_run (
  id            uuid primary key,
  started_at    timestamptz not null,
  claimed_until timestamptz not null,
  ended_at      timestamptz,
  warmed        bigint not null default 0,
  cooled        bigint not null default 0,
  compressed    bigint not null default 0,
  saved_bytes   bigint not null default 0,
  released      bigint not null default 0,
  held          bigint not null default 0,
  removed       bigint not null default 0,
  failed        bigint not null default 0,
  problem       text
);
-- One at a time in a hospital, on whichever server.
create unique index storage_run_under_way on storage_run ((true)) where ended_at is null;
create index storage_run_started on storage_run (started_at);
