-- What this hospital decided about AI features; no row: the installation's default. Modality '*'
-- stands for all that have no row of their own.
create table tenant_ai_feature (
  feature_key text        not null,
  modality    text        not null,
  enabled     boolean     not null,
  reason      text        not null,
  changed_by  text        not null,
  changed_at  timestamptz not null,
  primary key (feature_key, modality)
);

-- Every decision, for the administrator's page; the audit trail has them too.
create table ai_feature_audit_log (
  id           uuid primary key,
  feature_key  text        not null,
  modality     text,
  action       text        not null check (action in ('ENABLED', 'DISABLED')),
  performed_by text        not null,
  reason       text        not null,
  performed_at timestamptz not null
);
create index ai_feature_audit_log_performed_at on ai_feature_audit_log (performed_at);

-- What was decided stays on record.
revoke update, delete, truncate on ai_feature_audit_log from ${tenantRole};
