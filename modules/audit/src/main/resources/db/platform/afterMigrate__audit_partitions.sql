-- At every start and before anything is written: this month's partition and the next one's.
do $$
begin
  if exists (select from pg_partitioned_table where partrelid = to_regclass('audit_event')) then
    perform platform.audit_make_partition(
              current_schema()::text,
              (date_trunc('month', now() at time zone 'UTC') + n * interval '1 month')::date)
    from generate_series(0, 1) n;
  end if;
end $$;
