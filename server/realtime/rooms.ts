/** Names of the rooms. A tenant id has no colon, so no user id can pretend to be another tenant's room. */

/** One text for a user of a tenant; a tenant id has no colon. */
export const userKey = (tenant: string, user: string): string => `${tenant}:${user}`;

/** Every connection of the active members of a conversation. */
export const conversationRoom = (tenant: string, conversation: string): string => `t:${tenant}:c:${conversation}`;
/** Every connection of a user. */
export const userRoom = (tenant: string, user: string): string => `t:${tenant}:u:${user}`;
/** Every connection of a user as an auditor: nothing is told to it that is told to the user. */
export const auditorRoom = (tenant: string, user: string): string => `t:${tenant}:a:${user}`;
/** Every connection that watches how a user is. */
export const presenceRoom = (tenant: string, user: string): string => `t:${tenant}:p:${user}`;
