-- Whether a PACS has taken over what was stored there (PS3.4 annex J, Vigil as user).
create table storage_commitment (
  sop_instance_uid   varchar(64) not null,
  node               varchar(32) not null,
  sop_class_uid      varchar(64) not null,
  study_instance_uid varchar(64) not null,
  state              text        not null
                     check (state in ('WANTED', 'REQUESTED', 'COMMITTED', 'FAILED')),
  transaction_uid    varchar(64),
  failure_reason     integer,
  attempts           integer     not null,
  stored_at          timestamptz not null,
  requested_at       timestamptz,
  settled_at         timestamptz,
  primary key (sop_instance_uid, node)
);
comment on column storage_commitment.failure_reason is
  '(0008,1197), e.g. 0112H no such instance; -1: the PACS never reported';
create index storage_commitment_transaction on storage_commitment (transaction_uid);
create index storage_commitment_stored on storage_commitment (stored_at);

-- What modalities asked Vigil to commit (Vigil as provider), until it has been reported to them.
create table commitment_request (
  transaction_uid varchar(64) not null,
  node            varchar(32) not null,
  sop_references  text        not null,
  received_at     timestamptz not null,
  committed       integer,
  failed          integer,
  reported_at     timestamptz,
  primary key (transaction_uid, node)
);
comment on column commitment_request.sop_references is
  'a line each: SOP class UID, a space, SOP instance UID';
