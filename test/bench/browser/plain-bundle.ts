import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

/** The script of the plain page, made as the published bundle is: one file, minified, lit without its development warnings. */
export async function bundlePlainPage(): Promise<string> {
  const bundle = await rollup({
    input: fileURLToPath(new URL('./page/plain-list.js', import.meta.url)),
    plugins: [
      nodeResolve({ browser: true, exportConditions: ['production'] }),
      (terser as unknown as typeof terser.default)({ ecma: 2022, module: true }),
    ],
    onLog: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}
