-- Who hears of workitems (PS3.4 §CC.2.3), by AE title.
create table workitem_subscriber (
  ae_title      varchar(16) primary key,
  owner         text not null,
  worklist      text check (worklist in ('ALL', 'FILTERED')),
  filter        text,
  deletion_lock boolean not null default false,
  since         timestamptz not null,
  check (coalesce(worklist = 'FILTERED', false) = (filter is not null))
);
comment on column workitem_subscriber.owner is
  'user or service account that subscribed: nobody else uses this AE title';
comment on column workitem_subscriber.worklist is
  'which workitems to come it is subscribed to; null for none';
comment on column workitem_subscriber.filter is 'matching keys, DICOM JSON';

create table workitem_subscription (
  sop_instance_uid varchar(64) not null references workitem on delete cascade,
  ae_title         varchar(16) not null references workitem_subscriber on delete cascade,
  deletion_lock    boolean not null,
  since            timestamptz not null,
  primary key (sop_instance_uid, ae_title)
);
create index workitem_subscription_ae_title on workitem_subscription (ae_title);

alter table workitem add column cancellation_request text;
comment on column workitem.cancellation_request is
  'the latest request to cancel that its performer was told of, as event information, DICOM JSON';
create index workitem_ended on workitem (changed_at) where state in ('COMPLETED', 'CANCELED');
