import type { linkMessages } from '../../internal/messages/en-links.js';
import type { Translated } from '../../internal/messages/en.js';

export const links: Translated<typeof linkMessages, 'one' | 'many' | 'other'> = {
  linkResolving: 'Recherche en cours…',
  linkDenied: 'Vous n’avez pas le droit de voir cet élément.',
  linkFailed: 'Cet élément n’a pas pu être retrouvé.',
  removeLink: 'Retirer le lien',
  linkElsewhere: 'À ouvrir dans son application.',
  linkCannotOpen: 'Impossible de l’ouvrir ici.',
  leaveForSite: 'Ce lien mène à {host}.',
  openSite: 'Ouvrir {host}',
};
