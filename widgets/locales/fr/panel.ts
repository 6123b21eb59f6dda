import type { panelMessages } from '../../internal/messages/en-panel.js';
import type { Translated } from '../../internal/messages/en.js';

export const panel: Translated<typeof panelMessages, 'one' | 'many' | 'other'> = {
  // Words used everywhere
  close: 'Fermer',
  back: 'Retour',
  cancel: 'Annuler',
  save: 'Enregistrer',
  discard: 'Abandonner',
  you: 'Vous',
  failed: 'Cela n’a pas fonctionné. Veuillez réessayer.',

  // Launcher and panel
  signedInAs: 'Connecté en tant que {name}',

  // Connection
  connecting: 'Connexion…',
  catchingUp: 'Mise à jour…',
  offlineSince: 'Hors ligne depuis {time}',
  offline: 'Hors ligne',
  retryIn: { one: 'Nouvel essai dans {count} s', many: 'Nouvel essai dans {count} s', other: 'Nouvel essai dans {count} s' },
  retryingNow: 'Nouvel essai…',
  tryNow: 'Réessayer maintenant',
  offlineHint: 'Vous pouvez continuer à écrire ; les messages attendent ici.',
  unreachable: 'Le chat est injoignable.',
  signedOut: 'Déconnecté',
  signedOutHint: 'Reconnectez-vous pour utiliser le chat.',
  notSignedIn: 'Non connecté',
  sessionExpired: 'Votre session a expiré.',
  accessRevoked: 'Votre accès a été retiré.',
  signInRefused: 'La connexion a été refusée.',
  forbiddenOrigin: 'Cette page n’est pas autorisée à utiliser le chat.',
  clientTooOld: 'Cette page n’est plus à jour. Rechargez-la pour utiliser le chat.',
  serverTooOld: 'Le serveur de chat n’est pas à jour.',

  // Presence and own status
  invisible: 'Apparaître hors ligne',
  yourStatus: 'Votre statut',
  statusWords: 'Texte pour « {status} »',
  statusWordsHint: 'Par exemple : de retour à 15:00',
  statusFailed: 'Votre statut n’a pas pu être modifié.',

  // Linking the current item
  linkToCurrent: 'Lien : {noun} en cours',
  item: 'élément',
  nothingToLink: 'Rien à lier : aucun élément ouvert ({noun}).',
  noChatToLink: 'Ouvrez d’abord un chat pour y mettre un lien.',
  linkNotSignedIn: 'Non connecté au chat.',
  itemLinked: 'Ajouté au message, pas encore envoyé.',
  itemAlreadyLinked: 'Déjà dans le message : {noun}.',
  tooManyLinks: 'Ce message contient le nombre maximal de liens.',

  // Avatars
  chats: 'Chats',
  newChat: 'Nouveau chat',
  newShort: 'Nouveau',
  searchPeople: 'Rechercher des personnes et des chats',
  noChats: 'Aucun chat. Recherchez une personne pour commencer.',
  noHits: 'Personne trouvé pour « {text} ».',
  noChatHits: 'Aucun chat trouvé pour « {text} ». Vous pouvez répondre, mais pas démarrer de chat.',
  loadMore: 'Afficher plus',
  showLess: 'Afficher moins',
  people: 'Personnes',
  noChatsReadOnly: 'Aucun chat. Les autres peuvent vous écrire.',
  chooseChat: 'Choisissez un chat ou démarrez-en un.',
  youSaid: 'Vous : {text}',
  linkedItem: 'Lien',
  searchFailed: 'La recherche n’a pas fonctionné. Veuillez réessayer.',
  clearSearch: 'Effacer la recherche',

  // Places of the panel

  // Starting a chat
  addPerson: 'Ajouter des personnes',
  personHint: 'Nom, titre ou organisation',
  groupTitle: 'Titre du groupe (facultatif)',
  startChat: 'Démarrer le chat',
  removePerson: 'Retirer {name}',
  personAdded: '{name} : ajout effectué',
  personRemoved: '{name} : retrait effectué',
  hits: { one: '{count} personne trouvée', many: '{count} de personnes trouvées', other: '{count} personnes trouvées' },

  // Conversation
  newMessages: 'Nouveau',
  typing: '{names} écrit',
  typingSeveral: '{names} écrivent',
  members: { one: '{count} personne', many: '{count} de personnes', other: '{count} personnes' },
  joinedHere: 'Votre arrivée dans le chat, {time}',
  loadingOlder: 'Chargement des messages plus anciens',
  timelineFailed: 'Les messages n’ont pas pu être chargés.',
  messages: 'Messages',
  toNewest: 'Aller au message le plus récent',
  saidBy: '{name} : {text}',
  newMessagesCount: { one: '{count} nouveau message', many: '{count} de nouveaux messages', other: '{count} nouveaux messages' },
  latestBy: '{name} : « {text} »',
  gapLoading: 'Chargement des messages',
  participants: 'Personnes dans ce chat',
  add: 'Ajouter',
  leaveChat: 'Quitter le chat',
  leaveQuestion: 'Quitter ce chat ? Vous pourrez relire votre partie, mais rien de nouveau ne vous parviendra.',
  leave: 'Quitter',

  // Entries that are not messages
  started: 'Chat démarré : {name}',
  joined: 'Arrivée : {names}',
  left: 'Départ : {names}',
  renamed: 'Le chat s’appelle maintenant « {title} »',
  ended: 'Le chat est terminé',

  // Composer and delivery
  composerLabel: 'Message',
  composerPlaceholder: 'Écrire un message',
  send: 'Envoyer',
  sending: 'Envoi en cours',
  waiting: 'En attente de la connexion',
  sent: 'Envoyé',
  delivered: 'Remis',
  read: 'Lu',
  readBy: 'Lu par {count}',
  notSent: 'Non envoyé',
  endedComposer: 'Ce chat est terminé. Il reste lisible.',
  leftComposer: 'Vous avez quitté ce chat. Votre partie reste lisible.',
  charactersLeft: { one: 'Encore {count} caractère', many: 'Encore {count} de caractères', other: 'Encore {count} caractères' },
  tooLong: { one: '{count} caractère en trop', many: '{count} de caractères en trop', other: '{count} caractères en trop' },
  nothingVisible: 'Il n’y a rien à voir dans ce texte.',
  cannotSend: 'Ce texte ne peut pas être envoyé tel quel.',
  sentWhenConnected: 'Sera envoyé dès que la connexion sera rétablie.',

  // Why something was refused
  refusedNotFound: 'Ce chat ne vous est plus accessible.',
  refusedEnded: 'Le chat est terminé.',
  refusedFull: 'Le chat a atteint le nombre maximal de personnes.',
  refusedBusy: 'Trop de messages à la fois. Patientez un instant.',
  refusedInitiate: 'Vous pouvez participer à des chats, mais pas en démarrer.',
  refusedStale: 'Trop de temps a passé. Renvoyez le message s’il est toujours valable.',
  refusedOffline: 'Pas de connexion pour le moment.',

  // Link cards
  linkResolving: 'Recherche en cours…',
  linkDenied: 'Vous n’avez pas le droit de voir cet élément.',
  linkFailed: 'Cet élément n’a pas pu être retrouvé.',
  removeLink: 'Retirer le lien',
  linkElsewhere: 'À ouvrir dans son application.',
  linkCannotOpen: 'Impossible de l’ouvrir ici.',
  leaveForSite: 'Ce lien mène à {host}.',
  openSite: 'Ouvrir {host}',
};
