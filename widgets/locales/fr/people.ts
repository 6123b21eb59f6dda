import type { conferenceMessages } from '../../internal/messages/en-conference.js';
import type { peopleMessages } from '../../internal/messages/en-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const people: Translated<typeof peopleMessages & typeof conferenceMessages, 'one' | 'many' | 'other'> = {
  peopleName: 'Nom',
  peopleOrganisation: 'Organisation',
  peopleNone: 'Personne n’est associé à cet élément.',
  peopleGroupChat: 'Démarrer un chat de groupe',
  peopleChatWith: 'Chat avec {name}',
  peopleChatFailed: 'Le chat n’a pas pu être démarré.',
  conference: 'Démarrer un chat de groupe',
  conferenceRoom: 'Nom de la salle',
  conferenceDescription: 'Description (facultative)',
  conferenceFind: 'Rechercher des personnes',
  conferenceAll: 'Toutes les personnes',
  conferenceBy_name: 'Le nom contient',
  conferenceBy_title: 'Le titre contient',
  conferenceBy_organisation: 'L’organisation contient',
  conferenceBy_email: 'L’e-mail contient',
  conferenceBy_phone: 'Le téléphone contient',
  conferenceByGroup: 'Groupe ou ressource',
  conferenceText: 'Texte',
  conferenceNobody: 'Aucun résultat.',
  conferenceMore: 'Afficher plus',
  conferenceSelectAll: 'Sélectionner toutes les personnes affichées',
  conferenceChosen: { one: '{count} personne choisie', many: '{count} de personnes choisies', other: '{count} personnes choisies' },
  conferenceNobodyChosen: 'Personne n’est encore choisi',
  conferenceCreate: 'Créer',
  conferenceFailed: 'La salle n’a pas pu être créée.',
  conferenceSearchFailed: 'La recherche n’a pas fonctionné.',
};
