import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';

export default {
  logLevel: 'warn',
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('parley-') } } }), svelte()],
  // Parley lies beside here and not among the host's packages: its React would be another than the host's.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: { minify: false, modulePreload: false, reportCompressedSize: false },
};
