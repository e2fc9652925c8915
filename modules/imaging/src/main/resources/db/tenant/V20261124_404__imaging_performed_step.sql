-- Procedure steps as modalities report them (MPPS, PS3.4 annex F), and what they say they have made.
create table performed_step (
  sop_instance_uid   varchar(64) primary key,
  status             text        not null
                     check (status in ('IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  study_instance_uid varchar(64),
  accession_number   text,
  procedure_step_id  text,
  patient_id         text,
  modality           text,
  station            text        not null,
  created_at         timestamptz not null,
  changed_at         timestamptz not null
);
create index performed_step_study on performed_step (study_instance_uid);

create table expected_instance (
  sop_instance_uid   varchar(64) not null,
  study_instance_uid varchar(64) not null,
  performed_step     varchar(64) not null references performed_step,
  primary key (performed_step, sop_instance_uid)
);
create index expected_instance_study on expected_instance (study_instance_uid);
