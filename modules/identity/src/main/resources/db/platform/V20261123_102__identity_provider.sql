-- Placeholder: appRole (the application's login).
-- The OpenID provider of a hospital. An issuer may serve several hospitals, by audience.
create table platform.identity_provider (
  tenant_id              text primary key references platform.tenant (id) on delete cascade,
  issuer                 text  not null,
  audience               text  not null,
  client_id              text  not null,
  client_secret          bytea,
  jwks_uri               text  not null,
  authorization_endpoint text  not null,
  token_endpoint         text  not null,
  user_name_claim        text  not null,
  groups_claim           text  not null,
  unique (issuer, audience)
);

create table platform.identity_provider_group (
  tenant_id  text not null references platform.identity_provider (tenant_id) on delete cascade,
  group_name text not null,
  role       text not null,
  primary key (tenant_id, group_name, role)
);

grant select, insert, update, delete
  on platform.identity_provider, platform.identity_provider_group
  to ${appRole};
