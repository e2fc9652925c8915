-- One row an attempt to run a model: with the model's hash, the input's hash and the raw output it
-- can be proved later what was computed.
create table inference_run (
  id              uuid primary key,
  analysis_id     uuid        not null,
  attempt         integer     not null,
  model_id        text        not null,
  model_version   text        not null,
  model_sha256    text,
  image_uid       text        not null,
  frame_number    integer     not null,
  started_at      timestamptz not null,
  outcome         text        not null check (outcome in ('COMPLETED', 'FAILED')),
  error_code      text,
  input_sha256    text,
  output          jsonb,
  preprocess_ms   double precision,
  inference_ms    double precision,
  postprocess_ms  double precision,
  runtime_version text        not null,
  host            text        not null
);
create index inference_run_analysis on inference_run (analysis_id);
create index inference_run_started_at on inference_run (started_at);

-- Evidence stays as it was written.
revoke update, delete, truncate on inference_run from ${tenantRole};
