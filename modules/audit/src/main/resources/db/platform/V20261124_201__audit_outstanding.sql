-- Which trails have something waiting, asked of many at once: a thousand quiet hospitals are one
-- question, not a thousand transactions. Only the owner asks.

-- Work is 'seal', 'anchor' or the name of a receiver in audit_forwarding.
create function platform.audit_trails_outstanding(trails text[], work text) returns setof text
language plpgsql as $$
declare
  question    text := case work
    when 'seal' then 'select exists (select from %1$I.audit_unsealed)'
    -- The first seal that no anchor covers is the oldest one.
    when 'anchor' then
      'select coalesce((select sealed_at from %1$I.audit_seal
         where seq > coalesce((select max(last_seal) from %1$I.audit_anchor), 0)
         order by seq limit 1) < date_trunc(''day'', now(), ''UTC''), false)'
    else
      'select exists (select from %1$I.audit_seal where seq > coalesce(
         (select last_seal from %1$I.audit_forwarding where receiver = %2$L), 0))'
    end;
  trail       text;
  outstanding boolean;
begin
  foreach trail in array trails loop
    -- One that is being made or erased has nothing to do yet, or any more.
    continue when to_regclass(format('%I.audit_forwarding', trail)) is null;
    begin
      execute format(question, trail, work) into outstanding;
      if outstanding then
        return next trail;
      end if;
    exception when undefined_table or invalid_schema_name then
      null;
    end;
  end loop;
end $$;

-- The newest anchored day of each trail that has any.
create function platform.audit_trails_anchored(trails text[])
returns table (trail text, newest date)
language plpgsql as $$
begin
  foreach trail in array trails loop
    continue when to_regclass(format('%I.audit_anchor', trail)) is null;
    begin
      execute format('select max(day) from %I.audit_anchor', trail) into newest;
      if newest is not null then
        return next;
      end if;
    exception when undefined_table or invalid_schema_name then
      null;
    end;
  end loop;
end $$;

revoke execute on function platform.audit_trails_outstanding(text[], text) from public;
revoke execute on function platform.audit_trails_anchored(text[]) from public;
