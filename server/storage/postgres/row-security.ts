/**
 * Row-level security of tables with a tenant: a statement sees the rows of the tenant that its transaction was begun for and no others, and
 * none where no tenant was said (reliability G15). Forced, because the owner of the tables is the role that Parley signs in with. What
 * the transaction said is looked up once for a statement and not for each row.
 *
 * A condition that is not leakproof is asked only after this one, and so finds no index: `=`, `<`, `>=` of text and numbers are leakproof,
 * `LIKE`, `@>`, `&&` and `@@` are not.
 */
export function isolated(...tables: readonly string[]): string {
  return tables
    .map(
      (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON ${table} USING (
  tenant = (SELECT nullif(current_setting('parley.tenant', true), ''))
  OR (SELECT current_setting('parley.every_tenant', true)) = 'on');`,
    )
    .join('\n');
}

/** Rows that are evidence: nobody removes them, and only what the condition allows is changed. */
export function evident(table: string, what: string, allowed = 'false'): string {
  return `
CREATE FUNCTION ${table}_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF ${allowed} THEN RETURN NEW; END IF;
    RAISE EXCEPTION '${what} is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RAISE EXCEPTION '${what} is never removed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ${table}_stay BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_stay();
CREATE TRIGGER ${table}_stay_all BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION ${table}_stay();`;
}

/** Text as SQLite orders it: by its bytes, whatever the database was created with. */
export const TEXT = 'text COLLATE "C"';
