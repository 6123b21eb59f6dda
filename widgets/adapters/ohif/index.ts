/** Parley in an OHIF viewer: an extension for `extensions` in its `app-config.js`. README.md has the guide. */
export { parleyExtension, type ParleyExtension } from './extension.js';
export type { ParleyExtensionOptions } from './options.js';
