-- Placeholders: appRole (the application's login), tenantGroup (group of all tenants' roles).
create table platform.model (
  id         text primary key,
  created_at timestamptz not null
);

-- A version is never changed: the same id and version with other content is refused.
create table platform.model_version (
  model_id       text        not null references platform.model (id),
  version        text        not null,
  name           text        not null,
  manifest       text        not null,
  model_card     text        not null,
  model_sha256   text        not null,
  package_sha256 text        not null,
  uid            text        not null,
  imported_at    timestamptz not null,
  primary key (model_id, version)
);

-- What a hospital decided; no row: as the manifest says, newest version.
create table platform.deployment (
  tenant_id  text        not null,
  model_id   text        not null references platform.model (id),
  version    text,
  enabled    boolean     not null,
  changed_at timestamptz not null,
  changed_by text        not null,
  reason     text        not null,
  primary key (tenant_id, model_id),
  foreign key (model_id, version) references platform.model_version (model_id, version)
);

-- Tenants' roles see none of these: what another hospital runs is not their business.
grant select, insert on platform.model, platform.model_version to ${appRole};
grant select, insert, update, delete on platform.deployment to ${appRole};
