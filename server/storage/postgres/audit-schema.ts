import { TEXT } from './row-security.js';

/**
 * Step 5: which call a record was written by. A call whose commit was not answered is run again and finds its record by that. Records of before, and
 * of nodes that do not know this step, have none.
 */
export const SCHEMA_5 = `
ALTER TABLE audit ADD COLUMN call ${TEXT};
CREATE UNIQUE INDEX audit_of_call ON audit (tenant, call) WHERE call IS NOT NULL;
`;
