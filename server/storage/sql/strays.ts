/** Entries of a conversation that has no row, in the engine's own name for it. */
export interface StrayLog {
  id: number;
  tenant: string;
  /** Of its first entry. */
  seq: number;
}

/** A conversation that entries name. */
export interface StrayRow {
  id: number;
  known: number | boolean;
  tenant: string;
  seq: number;
}

/** Logs looked at by one statement. */
const STRAY_STEP = 500;

/**
 * The next conversations that entries name, after the one that is the parameter, each with whether it is there: whoever took a conversation's
 * row away, where nothing refused it, took it from every list of logs. From one log to the next by the index, not by way of every entry.
 */
export function straySteps(parameter: string): string {
  return `WITH RECURSIVE named(id) AS (
    SELECT min(conversation) FROM entries WHERE conversation > ${parameter}
    UNION ALL
    SELECT (SELECT min(e.conversation) FROM entries e WHERE e.conversation > n.id) FROM named n WHERE n.id IS NOT NULL
  )
  SELECT n.id, EXISTS (SELECT 1 FROM conversations c WHERE c.id = n.id) AS known,
    (SELECT e.tenant FROM entries e WHERE e.conversation = n.id ORDER BY e.seq LIMIT 1) AS tenant,
    (SELECT min(e.seq) FROM entries e WHERE e.conversation = n.id) AS seq
  FROM named n WHERE n.id IS NOT NULL LIMIT ${STRAY_STEP}`;
}

/** All of them, a step at a time. */
export async function* strayLogs(step: (after: number) => Promise<readonly StrayRow[]>): AsyncGenerator<StrayLog> {
  for (let rows = await step(0); rows.length > 0; rows = await step(rows.at(-1)?.id ?? 0))
    for (const { id, known, tenant, seq } of rows) if (!known) yield { id, tenant, seq };
}

/** What such a log is called: its name went with its row. */
export function strayName({ id }: StrayLog): string {
  return `(row ${id})`;
}
