-- Placeholders: appRole (the application's login), tenantGroup (group of all tenants' roles).
create table platform.tenant (
  id                 text primary key,
  name               text        not null,
  time_zone          text        not null,
  ae_title           text        not null unique,
  receiving_facility text        not null,
  active             boolean     not null default false,
  created_at         timestamptz not null
);
create unique index tenant_receiving_facility on platform.tenant (upper(receiving_facility));

create table platform.user_account (
  id            uuid primary key,
  tenant_id     text        not null references platform.tenant (id),
  user_name     text        not null,
  display_name  text        not null,
  password_hash text        not null,
  failed_logins integer     not null default 0,
  locked_until  timestamptz,
  unique (tenant_id, user_name)
);

create table platform.role_grant (
  user_account_id uuid not null references platform.user_account (id) on delete cascade,
  role            text not null,
  primary key (user_account_id, role)
);

create table platform.destination (
  id        uuid primary key,
  tenant_id text not null references platform.tenant (id),
  kind      text not null,
  host      text,
  port      integer,
  ae_title  text,
  url       text,
  facility  text
);
-- One peer a kind for each hospital.
create unique index destination_kind on platform.destination (tenant_id, kind);

-- Tenants' roles see none of these; the application reads them before it takes a tenant's role.
grant select, insert, update, delete
  on platform.tenant, platform.user_account, platform.role_grant, platform.destination
  to ${appRole};
