-- Messages as received, before anything is made of them; nothing is ever deleted here.
create table inbound_message (
  id                  uuid        primary key,
  received_at         timestamptz not null,
  sending_application text        not null,
  sending_facility    text        not null,
  control_id          text        not null,
  message_type        text        not null,
  peer_address        text        not null,
  raw                 bytea       not null,
  sha256              text        not null,
  status              text        not null,
  answer              bytea,
  error_code          text,
  error_location      text,
  repeats             integer     not null default 0
);
-- A control id is applied once; the sender may correct a refused message under the same id.
create unique index inbound_message_accepted
  on inbound_message (sending_application, sending_facility, control_id)
  where status = 'ACCEPTED';
-- A sender that repeats a refused message for ever fills no disk.
create unique index inbound_message_refused
  on inbound_message (sending_application, sending_facility, control_id, sha256)
  where status = 'REFUSED';
create index inbound_message_received_at on inbound_message (received_at);

create table delivery (
  id              uuid        primary key,
  kind            text        not null,
  destination_id  uuid        not null,
  analysis_id     uuid        not null,
  revision        integer     not null,
  order_id        uuid,
  alert_id        uuid,
  study_uid       text        not null,
  jms_priority    integer     not null,
  status          text        not null,
  attempts        integer     not null default 0,
  last_error      text,
  created_at      timestamptz not null,
  next_attempt_at timestamptz not null,
  delivered_at    timestamptz,
  claimed_by      text,
  claimed_until   timestamptz,
  unique (kind, destination_id, analysis_id, revision)
);
create index delivery_waiting on delivery (next_attempt_at) where status in ('PENDING', 'RETRYING');
create index delivery_status on delivery (status, created_at);

create table alert (
  id                 uuid        primary key,
  order_id           uuid        not null,
  study_uid          text        not null,
  analysis_id        uuid        not null,
  finding_id         uuid        not null,
  finding_code       text        not null,
  finding_label      text        not null,
  severity           text        not null,
  status             text        not null,
  created_at         timestamptz not null,
  sent_at            timestamptz,
  acknowledged_at    timestamptz,
  acknowledged_by    text,
  escalation_level   integer     not null default 0,
  next_escalation_at timestamptz,
  notices            integer     not null default 0,
  -- One alert for a finding of a study, however often the study is analysed.
  unique (order_id, study_uid, finding_code)
);
create index alert_escalation on alert (next_escalation_at) where acknowledged_at is null;

create table alert_recipient (
  id               uuid    primary key,
  alert_id         uuid    not null references alert (id),
  escalation_level integer not null,
  provider_id      text,
  display_name     text    not null,
  unique (alert_id, escalation_level)
);
