-- What hospitals ask of those who connect, and how Vigil connects to their systems.
create table platform.peer_policy (
  tenant_id text primary key references platform.tenant (id) on delete cascade,
  dicom     text not null check (dicom in ('PLAIN', 'TLS', 'MUTUAL_TLS')),
  hl7       text not null check (hl7 in ('PLAIN', 'TLS', 'MUTUAL_TLS'))
);

create table platform.peer_certificate (
  id          uuid primary key,
  tenant_id   text not null references platform.tenant (id) on delete cascade,
  protocol    text not null check (protocol in ('DICOM', 'HL7')),
  name        text not null,
  certificate text not null
);
create index peer_certificate_tenant on platform.peer_certificate (tenant_id);
comment on column platform.peer_certificate.certificate is
  'PEM: the peer''s own, or an authority''s whose certificates carry the name as common name';

alter table platform.destination add column tls boolean not null default false;
alter table platform.destination add column tls_trusted text;
alter table platform.destination add column tls_client_key text;
comment on column platform.destination.tls_trusted is
  'PEM; null: what the Java platform trusts';
comment on column platform.destination.tls_client_key is
  'alias in Vigil''s key store; null: whichever the peer accepts';

grant select, insert, update, delete on platform.peer_policy, platform.peer_certificate
  to ${appRole};
