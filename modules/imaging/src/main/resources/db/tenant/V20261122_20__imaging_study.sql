-- Studies, series and instances as received. One schema a tenant; names are unqualified because the
-- connection's role decides the schema.

create table study (
  study_instance_uid          varchar(64) primary key,
  version                     integer     not null default 0,
  complete                    boolean     not null default false,
  complete_due_at             timestamptz,
  completed_at                timestamptz,
  patient_id                  text,
  issuer_of_patient_id        text,
  patient_name                text,
  patient_birth_date          date,
  patient_sex                 text,
  accession_number            text,
  issuer_of_accession_number  text,
  study_id                    text,
  study_date                  date,
  study_time                  time,
  study_description           text,
  referring_physician_name    text,
  modalities                  text        not null default '',
  calling_ae_title            text,
  instance_count              integer     not null default 0,
  first_instance_at           timestamptz not null,
  last_instance_at            timestamptz not null
);

comment on column study.version is
  '0 until first complete; one more each time a set of images is complete';
comment on column study.complete_due_at is
  'when the quiet period ends; null while nothing is awaited';
comment on column study.instance_count is
  'objects received; objects made by Vigil are not counted';

-- The recovery scan after a restart asks for exactly these rows.
create index study_incomplete on study (complete_due_at) where not complete;
create index study_patient on study (patient_id);
create index study_accession on study (accession_number);
create index study_date on study (study_date);

create table series (
  study_instance_uid   varchar(64) not null references study,
  series_instance_uid  varchar(64) not null,
  modality             text,
  series_number        integer,
  series_description   text,
  body_part            text,
  origin               text        not null check (origin in ('ACQUIRED', 'VIGIL')),
  -- A series UID should be unique by itself; modalities that reuse one must not lose images.
  primary key (study_instance_uid, series_instance_uid)
);

create table instance (
  sop_instance_uid     varchar(64) primary key,
  study_instance_uid   varchar(64) not null,
  series_instance_uid  varchar(64) not null,
  sop_class_uid        varchar(64) not null,
  transfer_syntax_uid  varchar(64) not null,
  instance_number      integer,
  origin               text        not null check (origin in ('ACQUIRED', 'VIGIL')),
  image_rows           integer     not null default 0,
  image_columns        integer     not null default 0,
  number_of_frames     integer     not null default 0,
  bits_stored          integer     not null default 0,
  photometric_interpretation text,
  body_part            text,
  view_position        text,
  patient_age          text,
  has_pixel_data       boolean     not null,
  bytes                bigint      not null,
  sha256               char(64)    not null,
  location             text        not null,
  received_at          timestamptz not null,
  foreign key (study_instance_uid, series_instance_uid) references series
);

create index instance_series on instance (study_instance_uid, series_instance_uid);
