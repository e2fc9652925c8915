-- Whether Vigil has sent the object there itself: only then is it sent again when the node has lost it.
alter table storage_commitment add column sent boolean not null default true;
