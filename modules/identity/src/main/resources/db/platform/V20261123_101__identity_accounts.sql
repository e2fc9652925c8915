-- Placeholder: appRole (the application's login).
-- Accounts: switched off, rests that grow, second factor, when last used.
alter table platform.user_account
  add column enabled              boolean     not null default true,
  add column locks_in_row         integer     not null default 0,
  add column must_change_password boolean     not null default false,
  add column password_changed_at  timestamptz not null default now(),
  add column totp_secret          bytea,
  add column totp_confirmed       boolean     not null default false,
  add column totp_last_step       bigint      not null default 0,
  add column last_login_at        timestamptz,
  add column created_at           timestamptz not null default now();

create table platform.recovery_code (
  user_account_id uuid not null references platform.user_account (id) on delete cascade,
  code_hash       text not null,
  primary key (user_account_id, code_hash)
);

-- What a hospital asks of its people's log-ins; without a row, nothing more than a password.
create table platform.login_policy (
  tenant_id              text primary key references platform.tenant (id) on delete cascade,
  second_factor_required boolean not null
);

-- A log-in, from its token to its end; ended rows stay until their token has expired anyway.
create table platform.login_session (
  id           uuid primary key,
  tenant_id    text        not null references platform.tenant (id) on delete cascade,
  user_name    text        not null,
  method       text        not null,
  address      text,
  opened_at    timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at      timestamptz not null,
  ended_at     timestamptz,
  end_reason   text
);
create index login_session_user on platform.login_session (tenant_id, user_name);
create index login_session_ends on platform.login_session (ends_at);

create table platform.service_account (
  id                  uuid primary key,
  tenant_id           text        not null references platform.tenant (id) on delete cascade,
  client_id           text        not null unique,
  display_name        text        not null,
  grants              text        not null,
  secret_hash         text        not null,
  secret_expires_at   timestamptz not null,
  previous_hash       text,
  previous_expires_at timestamptz,
  enabled             boolean     not null default true,
  created_at          timestamptz not null,
  last_used_at        timestamptz
);
create index service_account_tenant on platform.service_account (tenant_id);

grant select, insert, update, delete
  on platform.recovery_code, platform.login_policy, platform.login_session,
     platform.service_account
  to ${appRole};
