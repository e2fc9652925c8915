-- When the client secret at the provider ends, where its administrator has said so.
alter table platform.identity_provider add column client_secret_expires_at timestamptz;
