-- The secret under which this hospital's pseudonyms, UIDs and shifted dates stay consistent. It
-- never changes: studies of one patient that leave years apart stay together.
create table pseudonym_key (
  id         smallint    primary key check (id = 1),
  secret     bytea       not null check (length(secret) >= 32),
  created_at timestamptz not null
);
revoke update, delete on pseudonym_key from ${tenantRole};
