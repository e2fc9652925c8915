-- What orders ask modalities to do, as the modality worklist tells it and as priors are searched by.
create table scheduled_procedure (
  order_id                   uuid primary key,
  status                     text not null
                             check (status in ('SCHEDULED', 'STARTED', 'COMPLETED', 'CANCELLED')),
  study_instance_uid         varchar(64) not null unique,
  procedure_step_id          varchar(16) not null unique,
  accession_number           text,
  issuer_of_accession_number text,
  placer_order_number        text,
  filler_order_number        text,
  patient_id                 text,
  issuer_of_patient_id       text,
  patient_name               text,
  patient_birth_date         date,
  patient_sex                text,
  procedure_code             text,
  procedure_text             text,
  modality                   text,
  priority                   text not null,
  referring_physician        text,
  reason                     text,
  scheduled_at               timestamptz not null,
  changed_at                 timestamptz not null
);
comment on column scheduled_procedure.study_instance_uid is
  'given to the modality; the study it makes is matched by accession number all the same';
create index scheduled_procedure_open on scheduled_procedure (scheduled_at)
  where status in ('SCHEDULED', 'STARTED');
create index scheduled_procedure_accession on scheduled_procedure (accession_number);

-- Earlier studies of a patient that a PACS has and that are fetched, or were.
create table prior_study (
  study_instance_uid   varchar(64) primary key,
  state                text not null check (state in ('WANTED', 'STORED', 'FAILED')),
  node                 varchar(32) not null,
  patient_id           text not null,
  issuer_of_patient_id text,
  study_date           date,
  modalities           text not null,
  study_description    text,
  instances            integer,
  relevance            integer not null,
  wanted_at            timestamptz not null,
  stored_at            timestamptz,
  last_error           text
);
create index prior_study_patient on prior_study (patient_id);

-- A study that came as a prior: neither analysed nor on the worklist unless a modality sends it too.
alter table study add column prior boolean not null default false;

-- What is to be asked of a PACS, until it is done or given up; survives restarts and down peers.
create table pacs_task (
  id              uuid primary key,
  kind            text not null,
  subject         text not null,
  node            varchar(32) not null,
  state           text not null check (state in ('WAITING', 'DONE', 'FAILED')),
  attempts        integer not null,
  created_at      timestamptz not null,
  next_attempt_at timestamptz not null,
  finished_at     timestamptz,
  last_error      text,
  claimed_by      text,
  claimed_until   timestamptz,
  unique (kind, subject, node)
);
create index pacs_task_waiting on pacs_task (next_attempt_at) where state = 'WAITING';
