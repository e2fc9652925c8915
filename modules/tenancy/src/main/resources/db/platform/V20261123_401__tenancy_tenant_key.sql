-- Data keys of the hospitals, each wrapped by a master key that lies in the credential store, not
-- here. Tenants' roles see nothing of this.
create table platform.tenant_key (
  id         uuid primary key,
  tenant_id  text        not null references platform.tenant (id) on delete cascade,
  version    integer     not null check (version > 0),
  master_key text        not null,
  wrapped    bytea       not null,
  created_at timestamptz not null,
  unique (tenant_id, version)
);
comment on column platform.tenant_key.master_key is 'name of the master key in the credential store';
comment on column platform.tenant_key.wrapped is
  'AES-256-GCM of 32 bytes; tenant, id and master key are authenticated with it';

grant select, insert, update on platform.tenant_key to ${appRole};
