-- Unified procedure steps (PS3.4 annex CC) that peers create and do.
create table workitem (
  sop_instance_uid varchar(64) primary key,
  state            text not null
                   check (state in ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELED')),
  transaction_uid  varchar(64),
  patient_id       text,
  starts           text not null,
  dataset          text not null,
  created_by       text not null,
  created_at       timestamptz not null,
  changed_at       timestamptz not null,
  check (state <> 'IN_PROGRESS' or transaction_uid is not null)
);
comment on column workitem.transaction_uid is
  'of who claimed it: the lock that only he opens, shown to nobody';
comment on column workitem.dataset is 'DICOM JSON, without state and Transaction UID';
create index workitem_starts on workitem (starts, sop_instance_uid);
create index workitem_patient on workitem (patient_id);
