/** Addresses of the host's items, for hosts whose viewers are opened by address. No dependency but the error codes. */
export { isDicomUid } from './dicom-uid.js';
export { iid, type IidOptions } from './iid.js';
export type { LinkTemplate } from './link-template.js';
export { mid } from './mid.js';
export { ohif, type OhifOptions } from './ohif.js';
export { opensBy } from './opens-by.js';
export { template, type TemplateOptions } from './template.js';
export { weasis, type WeasisOptions } from './weasis.js';
