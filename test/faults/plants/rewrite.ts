import { registerHooks } from 'node:module';

/** A place in a compiled file of the product, and what stands there instead. */
export interface Rewriting {
  /** The end of its address: `server/domain/visibility.js`. */
  file: string;
  from: string;
  to: string;
}

/**
 * Changes the program on its way from the disk into this process; nothing of the product knows about it. A place that is not found any more
 * ends the process: a bug that is not planted must not count as caught.
 */
export function rewrite(...rewritings: readonly Rewriting[]): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = rewritings.filter(({ file }) => url.endsWith(`/dist/${file}`));
      if (own.length === 0 || !loaded.source) return loaded;
      let source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
      for (const { file, from, to } of own) {
        if (!source.includes(from)) {
          process.stderr.write(`the bug cannot be planted: ${file} does not say ${from}\n`);
          process.exit(70);
        }
        source = source.replace(from, () => to);
      }
      return { ...loaded, source };
    },
  });
}
