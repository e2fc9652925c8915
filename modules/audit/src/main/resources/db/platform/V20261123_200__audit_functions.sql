-- Shared by the trails of all schemas. The application may call neither: both act on what it cannot change.

-- Append-only even for the owner of the tables; only DROP of a whole month, by retention, gets past.
create function platform.audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = '42501';
end $$;

-- Makes the partition of one month (UTC) of a schema's trail, and says whether it was missing.
create function platform.audit_make_partition(trail_schema text, day date) returns boolean
language plpgsql as $$
declare
  month_start timestamp := date_trunc('month', day);
  part        text      := 'audit_event_' || to_char(day, 'YYYY_MM');
  grantee     text;
begin
  if to_regclass(format('%I.%I', trail_schema, part)) is not null then
    return false;
  end if;
  execute format(
    'create table %1$I.%2$I partition of %1$I.audit_event for values from (%3$L) to (%4$L)',
    trail_schema, part, month_start::text || '+00', (month_start + interval '1 month')::text || '+00');
  -- The trail is written and read through the whole; what default rights gave on the part is taken away.
  for grantee in
    select distinct a.grantee::regrole::text
    from pg_class c, aclexplode(c.relacl) a
    where c.oid = format('%I.%I', trail_schema, part)::regclass
      and a.grantee <> 0 and a.grantee <> c.relowner
  loop
    execute format('revoke all on %I.%I from %s', trail_schema, part, grantee);
  end loop;
  execute format(
    'create trigger refuse_truncate before truncate on %I.%I
       for each statement execute function platform.audit_refuse_change()',
    trail_schema, part);
  return true;
end $$;

revoke execute on function platform.audit_refuse_change() from public;
revoke execute on function platform.audit_make_partition(text, date) from public;
