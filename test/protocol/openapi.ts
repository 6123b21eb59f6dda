import { openApi } from '../../server/http/openapi.js';

/** The document as it stands in the repository. */
export function openApiText(): string {
  return `${JSON.stringify(openApi(), null, 2)}\n`;
}
