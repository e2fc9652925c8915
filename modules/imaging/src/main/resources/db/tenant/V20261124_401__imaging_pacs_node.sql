-- Archives and other application entities that Vigil asks: for priors, for storage commitment, for
-- an echo. Where results are sent stays with the hospital's destinations.
create table pacs_node (
  name         varchar(32) primary key,
  kind         text        not null check (kind in ('DIMSE', 'DICOMWEB')),
  ae_title     varchar(16) unique,
  host         text,
  port         integer check (port between 1 and 65535),
  tls          boolean     not null,
  url          text,
  trusted      text,
  capabilities text        not null,
  changed_at   timestamptz not null,
  changed_by   text        not null,
  check (kind <> 'DIMSE' or (ae_title is not null and host is not null and port is not null)),
  check (kind <> 'DICOMWEB' or url is not null)
);
comment on column pacs_node.trusted is 'certificates in PEM; null: those the Java platform trusts';
comment on column pacs_node.capabilities is 'QUERY, MOVE, GET, STORE, COMMIT, separated by commas';
