-- What a patient lets be done with his data. No row: nothing was objected to. An empty issuer is one
-- that the hospital does not name.
create table consent (
  patient_id           text        not null,
  issuer_of_patient_id text        not null,
  scope                text        not null check (scope in ('AI_ANALYSIS', 'EXPORT')),
  opted_out            boolean     not null,
  reason               text        not null,
  changed_by           text        not null,
  changed_at           timestamptz not null,
  primary key (patient_id, issuer_of_patient_id, scope)
);
create index consent_changed_at on consent (changed_at);
