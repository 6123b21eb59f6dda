import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** Bundles these entries of a host's project, by their names, each to `<name>.js` with its chunks beside it; nothing is minified. */
type Bundler = (folder: string, entries: Record<string, string>, out: string) => Promise<void>;

/** Each with the settings that it has by itself, as far as a library may hope for: a browser, and modules. */
export const BUNDLERS: Record<string, Bundler> = {
  async rollup(_folder, input, dir) {
    const bundle = await rollup({ input, logLevel: 'silent', plugins: [nodeResolve({ browser: true })] });
    await bundle.write({ dir, format: 'es', entryFileNames: '[name].js' });
    await bundle.close();
  },

  async esbuild(absWorkingDir, entries, outdir) {
    // One by one: chunks that several entries share are imported by all of them, whether they use what is in it or not.
    for (const entry of Object.entries(entries)) {
      await esbuild.build({
        absWorkingDir,
        entryPoints: Object.fromEntries([entry]),
        outdir,
        bundle: true,
        splitting: true,
        format: 'esm',
        logLevel: 'error',
      });
    }
  },

  async vite(root, input, outDir) {
    await vite({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        minify: false,
        modulePreload: false,
        rollupOptions: { input, output: { entryFileNames: '[name].js' }, preserveEntrySignatures: 'allow-extension' },
      },
    });
  },

  async webpack(context, entry, out) {
    const compiler = webpack({
      context,
      entry,
      mode: 'production',
      devtool: false,
      experiments: { outputModule: true },
      optimization: { minimize: false },
      output: { path: out, filename: '[name].js', module: true, chunkFormat: 'module', publicPath: 'auto' },
    });
    await new Promise<void>((resolve, reject) => {
      compiler.run((error, stats) => {
        compiler.close(() => undefined);
        if (error !== null || stats?.hasErrors() === true) reject(error ?? new Error(stats?.toString('errors-only')));
        else resolve();
      });
    });
  },
};

/** The text of a bundled entry and of all that it loads at once. */
export function textOf(out: string, entry: string, seen: Set<string> = new Set()): string {
  if (seen.has(entry)) return '';
  seen.add(entry);
  const text = readFileSync(path.join(out, entry), 'utf8');
  const imports = [...text.matchAll(/^(?:import|export)\b[^'"();]*["'](\.[^'"]+)["']/gm)].map(([, to = '']) =>
    path.posix.join(path.posix.dirname(entry), to),
  );
  return [text, ...imports.map((one) => textOf(out, one, seen))].join('\n');
}
