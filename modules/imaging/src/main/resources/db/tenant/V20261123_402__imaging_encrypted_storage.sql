-- Objects are encrypted at rest; those of earlier versions are encrypted in the background.
alter table instance add column stored_as uuid;
comment on column instance.stored_as is
  'id in the header of the encrypted file; null while it lies in the clear';
create index instance_in_the_clear on instance (sop_instance_uid) where stored_as is null;
create index instance_location on instance (location);

create table storage_verification (
  id          uuid primary key,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  objects     bigint      not null default 0,
  bytes       bigint      not null default 0,
  encrypted   bigint      not null default 0,
  failure     text
);

create table storage_finding (
  verification_id  uuid   not null references storage_verification on delete cascade,
  location         text   not null,
  kind             text   not null check (kind in ('DAMAGED', 'MISSING', 'FOREIGN')),
  sop_instance_uid varchar(64),
  problem          text   not null,
  primary key (verification_id, location)
);
