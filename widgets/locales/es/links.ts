import type { linkMessages } from '../../internal/messages/en-links.js';
import type { Translated } from '../../internal/messages/en.js';

export const links: Translated<typeof linkMessages, 'one' | 'many' | 'other'> = {
  linkResolving: 'Buscando…',
  linkDenied: 'No tiene permiso para ver este elemento.',
  linkFailed: 'No se pudo consultar este elemento.',
  removeLink: 'Quitar el enlace',
  linkElsewhere: 'Ábralo en su propia aplicación.',
  linkCannotOpen: 'No se pudo abrir aquí.',
  leaveForSite: 'Esto lleva a {host}.',
  openSite: 'Abrir {host}',
};
