-- Placeholder: appRole (the application's login).
-- When somebody last used a permission of an area; written once a minute, for access reviews.
create table platform.permission_use (
  tenant_id    text        not null references platform.tenant (id) on delete cascade,
  user_name    text        not null,
  area         text        not null,
  last_used_at timestamptz not null,
  primary key (tenant_id, user_name, area)
);

grant select, insert, update, delete on platform.permission_use to ${appRole};
