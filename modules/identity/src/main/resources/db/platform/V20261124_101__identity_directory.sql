-- Placeholder: appRole (the application's login).
-- The LDAP directory of a hospital, and what its groups mean.
create table platform.ldap_directory (
  tenant_id              text primary key references platform.tenant (id) on delete cascade,
  url                    text  not null,
  bind_dn                text  not null,
  bind_password          bytea not null,
  trusted_certificates   text,
  people_base_dn         text  not null,
  people_filter          text  not null,
  user_name_attribute    text  not null,
  display_name_attribute text  not null,
  groups_base_dn         text  not null,
  groups_filter          text  not null,
  group_name_attribute   text  not null
);

create table platform.ldap_directory_group (
  tenant_id  text not null references platform.ldap_directory (tenant_id) on delete cascade,
  group_name text not null,
  role       text not null,
  primary key (tenant_id, group_name, role)
);

grant select, insert, update, delete
  on platform.ldap_directory, platform.ldap_directory_group
  to ${appRole};

-- Accounts of the directory's people: no password here, roles as of the last log-in.
alter table platform.user_account
  add column of_directory boolean not null default false,
  alter column password_hash drop not null,
  add constraint user_account_password check (of_directory = (password_hash is null));
