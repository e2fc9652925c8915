create table audit_event (
  id            bigint generated always as identity primary key,
  occurred_at   timestamptz not null default clock_timestamp(),
  action        text        not null,
  outcome       text        not null,
  actor_kind    text        not null,
  actor_name    text        not null,
  actor_address text,
  study_uid     text,
  patient_id    text,
  entity        text,
  details       jsonb       not null
);
create index audit_event_occurred_at on audit_event (occurred_at);
create index audit_event_patient on audit_event (patient_id, occurred_at);
create index audit_event_actor on audit_event (actor_name, occurred_at);

-- Append-only for the application: what is written stays as it was written.
revoke update, delete, truncate on audit_event from ${tenantRole};
