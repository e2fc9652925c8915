-- Orders, analyses, findings and the worklist. Names are unqualified: the connection's role decides
-- the schema. Rows of other modules (studies, instances) are referred to by UID, without keys.

create table imaging_order (
  id                         uuid primary key,
  row_version                integer not null,
  status                     text not null check (status in ('AWAITING_STUDY', 'MATCHED', 'CANCELLED')),
  placer_order_number        text not null,
  filler_order_number        text,
  accession_number           text,
  issuer_of_accession_number text,
  patient_id                 text,
  issuer_of_patient_id       text,
  patient_name               text,
  patient_birth_date         date,
  patient_sex                text,
  procedure_code             text,
  procedure_text             text,
  modality                   text,
  priority                   text not null check (priority in ('STAT', 'URGENT', 'ROUTINE')),
  ordering_provider_id       text,
  ordering_provider_name     text,
  reason_for_study           text,
  ordered_at                 timestamptz not null,
  received_at                timestamptz not null,
  sending_application        text,
  sending_facility           text not null,
  study_instance_uid         varchar(64),
  -- The same order told twice is one order.
  unique (placer_order_number, sending_facility)
);
create index imaging_order_accession on imaging_order (accession_number);
create index imaging_order_patient on imaging_order (patient_id);
create index imaging_order_received on imaging_order (received_at);
create index imaging_order_awaiting on imaging_order (received_at) where status = 'AWAITING_STUDY';

create table image_analysis (
  id                   uuid primary key,
  row_version          integer not null,
  study_instance_uid   varchar(64) not null,
  study_version        integer not null,
  request_serial       integer not null,
  sop_instance_uid     varchar(64) not null,
  frame_number         integer not null check (frame_number >= 1),
  modality             text,
  status               text not null
                       check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  priority             text not null check (priority in ('STAT', 'URGENT', 'ROUTINE')),
  requested_by         text not null,
  requested_at         timestamptz not null,
  started_at           timestamptz,
  completed_at         timestamptz,
  attempts             integer not null,
  model_id             text not null,
  model_version        text not null,
  model_name           text,
  model_uid            varchar(64),
  model_sha256         text,
  intended_use         text,
  not_for_clinical_use boolean not null,
  inference_millis     double precision,
  error_code           text,
  error_message        text,
  -- Completing a study twice asks for one run of each model.
  unique (study_instance_uid, study_version, model_id, model_version, request_serial)
);
create index image_analysis_status on image_analysis (status, requested_at);
create index image_analysis_requested on image_analysis (requested_at, id);

create table analysis_finding (
  id               uuid primary key,
  analysis_id      uuid not null references image_analysis (id),
  rank             integer not null,
  finding_type     text not null,
  code_scheme      text,
  code_value       text,
  code_meaning     text,
  tracking_uid     varchar(64) not null,
  severity         text not null check (severity in ('CRITICAL', 'URGENT', 'ROUTINE')),
  confidence_score double precision not null check (confidence_score between 0 and 1),
  operating_point  double precision not null,
  positive         boolean not null,
  box_x            double precision,
  box_y            double precision,
  box_width        double precision,
  box_height       double precision,
  description      text not null,
  unique (analysis_id, finding_type)
);

create table analysis_heat_map (
  analysis_id  uuid primary key references image_analysis (id),
  row_count    integer not null,
  column_count integer not null,
  cell_values  bytea not null
);

create table feedback (
  id          uuid primary key,
  analysis_id uuid not null references image_analysis (id),
  finding_id  uuid not null references analysis_finding (id),
  verdict     text not null check (verdict in ('TRUE_POSITIVE', 'FALSE_POSITIVE', 'UNCERTAIN')),
  comments    text,
  given_by    text not null,
  given_at    timestamptz not null,
  unique (finding_id, given_by)
);
create index feedback_analysis on feedback (analysis_id);

create table worklist_entry (
  study_instance_uid         varchar(64) primary key,
  row_version                integer not null,
  study_version              integer not null,
  complete                   boolean not null,
  accession_number           text,
  issuer_of_accession_number text,
  patient_id                 text,
  issuer_of_patient_id       text,
  patient_name               text,
  patient_birth_date         date,
  patient_sex                text,
  modalities                 text not null,
  study_description          text,
  study_date                 date,
  received_at                timestamptz not null,
  last_image_at              timestamptz not null,
  match_status               text not null
                             check (match_status in ('MATCHED', 'UNMATCHED', 'QUARANTINED')),
  order_id                   uuid,
  order_priority             text check (order_priority in ('STAT', 'URGENT', 'ROUTINE')),
  suspected_order_id         uuid,
  rejected_order_ids         text not null,
  differences                text not null,
  quarantined_at             timestamptz,
  ai_status                  text not null
                             check (ai_status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'NOT_RUN')),
  ai_not_run_reason          text,
  severity                   text check (severity in ('CRITICAL', 'URGENT', 'ROUTINE')),
  top_finding_label          text,
  top_finding_confidence     double precision,
  ranked_at                  timestamptz,
  reading_status             text not null check (reading_status in ('UNREAD', 'READING', 'READ')),
  reading_changed_by         text,
  reading_changed_at         timestamptz,
  -- Whoever has no order alerts nobody; "not run" always says why.
  check ((match_status = 'MATCHED') = (order_id is not null)),
  check ((ai_status = 'NOT_RUN') = (ai_not_run_reason is not null))
);
create index worklist_entry_open on worklist_entry (received_at) where reading_status <> 'READ';
create index worklist_entry_read on worklist_entry (received_at) where reading_status = 'READ';
create index worklist_entry_accession on worklist_entry (accession_number) where match_status <> 'MATCHED';
create index worklist_entry_patient on worklist_entry (patient_id);
create index worklist_entry_order on worklist_entry (order_id);
create index worklist_entry_suspected on worklist_entry (suspected_order_id);
create index worklist_entry_quarantined on worklist_entry (quarantined_at) where match_status = 'QUARANTINED';
