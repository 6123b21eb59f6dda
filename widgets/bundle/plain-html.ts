/** In the bundle for hosts the prefix is the usual one, and templates stay as they are. Whoever wants another takes the package. */
export { html } from 'lit';
