-- The trail by month, append-only by right and by trigger, and the chain that proves it complete.

-- --- Events: what was there moves into partitions; not a row may be lost ------------------------------
alter table audit_event rename to audit_event_whole;
create sequence audit_event_number;
create table audit_event (
  id            bigint      not null default nextval('audit_event_number'),
  occurred_at   timestamptz not null default clock_timestamp(),
  action        text        not null,
  outcome       text        not null,
  actor_kind    text        not null,
  actor_name    text        not null,
  actor_address text,
  study_uid     text,
  patient_id    text,
  entity        text,
  details       jsonb       not null,
  primary key (id, occurred_at)
) partition by range (occurred_at);
comment on column audit_event.occurred_at is 'by the database''s clock, never by a node''s';

do $$
declare
  month date;
begin
  for month in
    select distinct date_trunc('month', occurred_at at time zone 'UTC')::date from audit_event_whole
    union select (date_trunc('month', now() at time zone 'UTC') + n * interval '1 month')::date
          from generate_series(0, 1) n
  loop
    perform platform.audit_make_partition(current_schema(), month);
  end loop;
  insert into audit_event
    select id, occurred_at, action, outcome, actor_kind, actor_name, actor_address, study_uid,
           patient_id, entity, details
    from audit_event_whole order by id;
  if (select count(*) from audit_event) <> (select count(*) from audit_event_whole) then
    raise exception 'rows of the audit trail were lost on their way into the partitions';
  end if;
  perform setval('audit_event_number', coalesce(max(id), 0) + 1, false) from audit_event_whole;
end $$;

-- Every search of the trail is by one of these and a span of time, newest first.
drop table audit_event_whole;
create index audit_event_time    on audit_event (occurred_at, id);
create index audit_event_patient on audit_event (patient_id, occurred_at, id) where patient_id is not null;
create index audit_event_actor   on audit_event (actor_name, occurred_at, id);
create index audit_event_study   on audit_event (study_uid, occurred_at, id) where study_uid is not null;
create index audit_event_action  on audit_event (action, occurred_at, id);

-- --- What is written but not sealed yet: filled with the event, emptied by the sealer -------------------
create table audit_unsealed (
  event_id    bigint      primary key,
  occurred_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
insert into audit_unsealed select id, occurred_at from audit_event;

-- --- The chain: one row a batch, naming every event it covers ------------------------------------------
create table audit_seal (
  seq           bigint      primary key,
  event_ids     bigint[]    not null,
  event_times   bigint[]    not null,
  row_hashes    bytea       not null,
  column_marks  bytea       not null,
  leaf_tags     bytea       not null,
  root          bytea       not null,
  event_total   bigint      not null,
  previous_hash bytea       not null,
  sealed_at     timestamptz not null,
  key_id        text        not null,
  hash          bytea       not null,
  signature     bytea       not null
);
create index audit_seal_time on audit_seal (sealed_at);
comment on column audit_seal.event_times is 'microseconds since 1970, UTC';
comment on column audit_seal.row_hashes is 'SHA-256 of each event, 32 bytes each';
comment on column audit_seal.column_marks is '2 bytes a column and event: which column was changed';
comment on column audit_seal.leaf_tags is '8 bytes an event, keyed: which entry was changed';

-- A day's seals under one signed root.
create table audit_anchor (
  day         date        primary key,
  first_seal  bigint      not null,
  last_seal   bigint      not null,
  event_total bigint      not null,
  root        bytea       not null,
  head_hash   bytea       not null,
  anchored_at timestamptz not null,
  key_id      text        not null,
  signature   bytea       not null
);

-- --- Retention -----------------------------------------------------------------------------------------
-- Proof of what was dropped, so that the chain still verifies.
create table audit_deletion (
  seq         bigint      primary key,
  part        text        not null,
  range_from  timestamptz not null,
  range_to    timestamptz not null,
  event_count bigint      not null,
  first_event bigint,
  last_event  bigint,
  digest      bytea       not null,
  policy      text        not null,
  deleted_by  text        not null,
  deleted_at  timestamptz not null,
  key_id      text        not null,
  signature   bytea       not null
);
create table legal_hold (
  id          uuid        primary key,
  patient_id  text,
  study_uid   text,
  period_from timestamptz,
  period_to   timestamptz,
  reason      text        not null,
  set_by      text        not null,
  set_at      timestamptz not null default clock_timestamp(),
  lifted_by   text,
  lifted_at   timestamptz,
  lift_reason text
);

-- --- Anomalies -----------------------------------------------------------------------------------------
-- Patients whose record only few should open; with a user name, that user's own or a relative's record.
create table watched_patient (
  patient_id text        not null,
  user_name  text        not null default '',
  note       text        not null,
  set_by     text        not null,
  set_at     timestamptz not null default clock_timestamp(),
  primary key (patient_id, user_name)
);
create table audit_alert (
  id             uuid        primary key,
  rule           text        not null,
  subject        text        not null,
  day            date        not null,
  actor_name     text        not null,
  patient_id     text,
  event_id       bigint      not null,
  event_at       timestamptz not null,
  evidence       jsonb       not null,
  raised_at      timestamptz not null default clock_timestamp(),
  reviewed_by    text,
  reviewed_at    timestamptz,
  review_comment text,
  -- The same finding is told once a day.
  unique (rule, subject, day)
);

-- How far each receiver of audit messages has been served.
create table audit_forwarding (
  receiver   text        primary key,
  last_seal  bigint      not null,
  changed_at timestamptz not null default clock_timestamp()
);

-- --- Rights: the application adds events and reads; the rest is the owner's ---------------------------
revoke all on audit_event, audit_unsealed, audit_seal, audit_anchor, audit_deletion, legal_hold,
  watched_patient, audit_alert, audit_forwarding from ${tenantRole};
grant select, insert on audit_event, audit_unsealed to ${tenantRole};
grant usage on sequence audit_event_number to ${tenantRole};
grant select on audit_seal, audit_anchor, audit_deletion to ${tenantRole};
grant select, insert on legal_hold to ${tenantRole};
grant update (lifted_by, lifted_at, lift_reason) on legal_hold to ${tenantRole};
grant select, insert, delete on watched_patient to ${tenantRole};
grant select, insert on audit_alert to ${tenantRole};
grant update (reviewed_by, reviewed_at, review_comment) on audit_alert to ${tenantRole};
grant select on audit_forwarding to ${tenantRole};

do $$
declare
  guarded text;
begin
  foreach guarded in array array['audit_event', 'audit_seal', 'audit_anchor', 'audit_deletion'] loop
    execute format(
      'create trigger refuse_change before update or delete on %I
         for each row execute function platform.audit_refuse_change()', guarded);
    execute format(
      'create trigger refuse_truncate before truncate on %I
         for each statement execute function platform.audit_refuse_change()', guarded);
  end loop;
end $$;
