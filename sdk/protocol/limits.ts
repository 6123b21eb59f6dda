/**
 * Every bound of the protocol, each with its reason. Client and server read the same numbers,
 * so that a client can refuse at once what the server would refuse anyway.
 */
export const LIMITS = {
  /** Bytes of one frame from a client; every legal command stays below it. */
  frameBytes: 65_536,
  /** Bytes of a message's text and links as JSON, so that it fits a frame: a longer frame would cost the connection, for ever again. */
  contentBytes: 61_440,
  /** Code points of one message: about four pages, more than anyone reads in a chat. */
  messageLength: 8_000,
  /** Context links of one message; more is a list and belongs in the host. */
  linksPerMessage: 10,
  /** Code points of a conversation's title: two lines of the narrow panel. */
  titleLength: 120,
  /** Code points of the own words beside an availability. */
  statusMessageLength: 120,
  /** Characters of a tenant id, as it appears in room names and log lines. */
  tenantIdLength: 64,
  /** Characters of a user id: the subject claim of the usual identity providers is at most 255 ASCII, in practice below this. */
  userIdLength: 128,
  /** Code points of a person's name, title or organisation. */
  personFieldLength: 200,
  /** Characters of a host item's id: a DICOM UID has 64, an RFC 5322 Message-ID at most 250. */
  linkIdLength: 256,
  /** Members of the `context` of a link, such as a series or a frame number. */
  linkContextEntries: 8,
  /** Characters of one value of the `context` of a link. */
  linkContextLength: 256,
  /** Characters of a link's `href`: what every browser accepts. */
  hrefLength: 2_048,
  /** People named in one command that creates a conversation or invites into one. */
  membersPerCommand: 100,
  /** Members of one conversation. Fan-out is measured with 100; past them `membersToldOfDelivery` keeps receipts from growing with the square. */
  membersPerConversation: 1_000,
  /** Members of a conversation in which each is told what was delivered to each of the others; past it only what was read (SPEC R4). */
  membersToldOfDelivery: 100,
  /** Members named in a conversation's summary; the rest come with `conversation:get`. */
  membersInSummary: 12,
  /** Entries in one page: about 60 kB of text, one frame that paints at once. */
  rangePage: 200,
  /** Conversations in one page of the list. */
  listPage: 50,
  /** People in one answer of `directory:search`: what fits in a menu. */
  searchHits: 20,
  /** Code points of a conversation's description: a paragraph. */
  descriptionLength: 500,
  /** Code points of an e-mail address (RFC 5321: 64 before the @ and 255 after it). */
  emailLength: 320,
  /** Code points of a telephone number as a person writes it. */
  phoneLength: 64,
  /** People whom one person keeps as contacts, and invitations to them that are open. */
  contacts: 500,
  /** Personal groups of contacts of one person (S14). */
  contactGroups: 50,
  /** People in one personal group. */
  contactGroupMembers: 200,
  /** Predefined messages of a tenant, and of one person: what a menu can show. */
  predefinedMessages: 50,
  /** Code points of a predefined message. */
  predefinedLength: 500,
  /** Recipients of one history: the mail names each of them. */
  historyRecipients: 10,
  /** Open invitations in the snapshot; an older one is found by its conversation. */
  invitations: 100,
  /** People in one answer of `directory:browse`. */
  browsePage: 100,
  /** Messages in one answer of `message:search`. */
  messageHits: 50,
  /** Phone states in one call of a telephony source. */
  phoneStates: 1_000,
  /** Code points of a directory search. */
  searchLength: 64,
  /** People looked up by id, or watched for presence, in one command: as many of the longest ids as a frame holds. */
  usersPerCommand: 150,
  /** People whose presence one connection may watch: a directory table of a large host page. */
  presenceWatches: 2_000,
  /** The unread count stops here and the interface says "99+". */
  unreadCounted: 100,
  /** Entries a client holds while it fetches the ones missing before them; past it the page is fetched anew. */
  heldEntries: 500,
  /** Code points of a token: a JWT with a large set of claims is about 2 kB. */
  tokenLength: 8_192,
} as const;

/** Times of the protocol, in milliseconds. */
export const TIMES = {
  /** The server says every so often which conversations moved, so that a lost hint is noticed (SPEC H1). */
  headsDigest: 20_000,
  /** A client waits so long for an answer before it repeats the command with the same id. */
  acknowledgement: 10_000,
  /** `session:expiring` is sent so long before the token ends. */
  expiryNotice: 60_000,
  /** A connection whose token has ended is closed within this time. */
  expiryGrace: 5_000,
  /** A "typing" that is not repeated within this time is over. */
  typing: 6_000,
  /** An unsent message older than this waits for the person instead of being sent (reliability G11). */
  staleMessage: 300_000,
  /** A phone state holds for at most so long: a source that says nothing is dead, and the phone unknown (B43). */
  phoneState: 3_600_000,
  /** Clock tolerance of token checks. */
  clockTolerance: 60_000,
} as const;
