import type { contactsMessages } from '../../internal/messages/en-contacts.js';
import type { Translated } from '../../internal/messages/en.js';

export const contacts: Translated<typeof contactsMessages, 'one' | 'many' | 'other'> = {
  contacts: 'Contacts',
  searchContacts: 'Rechercher des personnes',
  showOffline: 'Afficher les personnes hors ligne',
  noContacts: 'Aucun contact. Recherchez une personne et ajoutez-lui une étoile.',
  favourites: 'Favoris',
  notInList: 'Hors liste',
  moreFromDirectory: 'Autres personnes',
  contactHits: { one: '{count} personne trouvée', many: '{count} de personnes trouvées', other: '{count} personnes trouvées' },
  onlineOf: '{online} sur {count} en ligne',
  bannerLabel: '{name}, {status}',
  allOffline: {
    one: '{count} personne ici, hors ligne.',
    many: 'Les {count} de personnes ici sont hors ligne.',
    other: 'Les {count} personnes ici sont hors ligne.',
  },
  showThem: 'Afficher les personnes hors ligne',
  emptyGroup: 'Personne dans ce groupe. Glissez des personnes ici ou choisissez « Ajouter au groupe » sur une personne.',
  requested: 'Demande envoyée',
  isFavourite: 'favori',
  moreActs: 'Plus d’actions pour {name}',

  // Requests
  requests: 'Demandes',
  wantsStatus: 'souhaite voir votre statut',
  accept: 'Accepter',
  decline: 'Refuser',
  acceptFrom: 'Accepter {name}',
  declineFrom: 'Refuser {name}',
  requestAccepted: '{name} : demande acceptée. Chacun voit maintenant le statut de l’autre.',
  requestDeclined: 'Demande de {name} refusée',

  // Menus
  newMessage: 'Nouveau message',
  newMessageTo: {
    one: 'Nouveau message à {count} personne',
    many: 'Nouveau message à {count} de personnes',
    other: 'Nouveau message à {count} personnes',
  },
  newMessageToAll: 'Nouveau message à tous',
  addToFavourites: 'Ajouter aux favoris',
  removeFromFavourites: 'Retirer des favoris',
  addToGroup: 'Ajouter au groupe',
  newGroup: 'Créer un groupe…',
  removeFromGroup: 'Retirer de « {name} »',
  rename: 'Renommer…',
  moveUp: 'Monter',
  moveDown: 'Descendre',
  deleteGroup: 'Supprimer le groupe…',
  deleteGroupQuestion: 'Supprimer le groupe « {name} » ? Les personnes restent là où elles sont par ailleurs.',
  deleteGroupYes: 'Supprimer',
  removeSeveralQuestion: {
    one: 'Retirer {count} personne de vos favoris ? Vous ne verrez plus vos statuts respectifs.',
    many: 'Retirer {count} de personnes de vos favoris ? Vous ne verrez plus vos statuts respectifs.',
    other: 'Retirer {count} personnes de vos favoris ? Vous ne verrez plus vos statuts respectifs.',
  },

  // Groups
  createGroup: 'Créer un groupe',
  renameGroup: 'Renommer le groupe',
  groupName: 'Nom du groupe',
  groupNameHint: 'Par exemple : équipe Thorax',
  groupWith: { one: 'Avec {count} personne', many: 'Avec {count} de personnes', other: 'Avec {count} personnes' },
  groupsFull: 'Vous avez atteint le nombre maximal de groupes.',
  groupFull: 'Un groupe ne peut pas contenir autant de personnes.',
  groupCreated: 'Groupe « {name} » créé',
  addedToGroup: {
    one: '{count} personne ajoutée à « {name} »',
    many: '{count} de personnes ajoutées à « {name} »',
    other: '{count} personnes ajoutées à « {name} »',
  },
  groupMoved: '« {name} » est maintenant à la position {count} de vos groupes',
};
