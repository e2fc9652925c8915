-- Where a tenant stands in its life, and where its data may lie. Nothing here is required of older
-- nodes: every column has a default.
alter table platform.tenant
  add column suspended_at      timestamptz,
  add column suspended_by      text,
  add column suspended_reason  text,
  -- Set with the end of a closure until waiting work is queued again, so that a crash loses none.
  add column reopening         boolean not null default false,
  add column erasing           boolean not null default false,
  -- Fingerprint of the migrations that the schema has had; null: not all of them.
  add column schema_state      text,
  add column migration_failure text,
  add column region            text,
  add column storage_root      text,
  add column backup_root       text,
  -- Waiting jobs of one urgency that take part in the common order; null: the installation's.
  add column queue_share       integer check (queue_share > 0);

-- What is left of a hospital that was erased: that it was, by whom, why, and how much, signed.
create table platform.tenant_erasure (
  id         uuid primary key,
  tenant_id  text        not null,
  erased_at  timestamptz not null,
  erased_by  text        not null,
  reason     text        not null,
  counts     jsonb       not null,
  proof      text        not null
);
create index tenant_erasure_tenant on platform.tenant_erasure (tenant_id);

-- A proof stays as it was written.
grant select, insert on platform.tenant_erasure to ${appRole};
