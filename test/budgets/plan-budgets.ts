/** Tables of a few rows, whatever happens: the store itself, and what the operator decided for each tenant, such as its teams. */
export const SMALL_TABLES: ReadonlySet<string> = new Set(['store', 'tenants', 'directory_groups', 'mailboxes']);

/** Statements that may read a table as a whole, with the reason why that is no cost that grows. */
export const WHOLE: readonly { table: string; sql: RegExp; why: string }[] = [
  {
    table: 'people',
    sql: /ORDER BY i\.sort_name, i\.id LIMIT/,
    why: 'A page by name: it goes along the index in its order and ends at its limit.',
  },
  {
    table: 'mail_jobs',
    sql: /^insert into "conversations"/,
    why: 'The foreign key of the waiting mails is looked after only while one is violated (FkIfZero), which none ever is.',
  },
];
