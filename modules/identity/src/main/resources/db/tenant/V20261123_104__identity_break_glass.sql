-- Emergency access: asked with a reason, over by itself, judged by somebody else.
create table break_glass (
  id          uuid primary key,
  user_name   text        not null,
  reason      text        not null,
  begun_at    timestamptz not null,
  ends_at     timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by text,
  verdict     text,
  comment     text
);
create index break_glass_user on break_glass (user_name, ends_at);
