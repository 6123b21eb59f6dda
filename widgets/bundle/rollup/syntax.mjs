/** The nodes of a syntax tree, outermost first; not those inside of one for which `visit` answers false. */
export function walk(node, visit) {
  if (!node || typeof node.type !== 'string' || visit(node) === false) return;
  for (const child of Object.values(node)) for (const item of Array.isArray(child) ? child : [child]) walk(item, visit);
}

/** What was edited, with the source map of it; null when nothing was. */
export const edited = (text) => (text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) } : null);
