/** Names of the rooms. A tenant id has no colon, so no user id can pretend to be another tenant's room. */

/** Every connection of the active members of a conversation. */
export const conversationRoom = (tenant: string, conversation: string): string => `t:${tenant}:c:${conversation}`;
/** Every connection of a user. */
export const userRoom = (tenant: string, user: string): string => `t:${tenant}:u:${user}`;
/** Every connection that watches how a user is. */
export const presenceRoom = (tenant: string, user: string): string => `t:${tenant}:p:${user}`;
