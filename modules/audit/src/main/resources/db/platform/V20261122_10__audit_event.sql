-- What belongs to no hospital: tenants created, log-ins to unknown ones, the platform's configuration.
create table platform.audit_event (
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
create index audit_event_occurred_at on platform.audit_event (occurred_at);

grant select, insert on platform.audit_event to ${appRole};
