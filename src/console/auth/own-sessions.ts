import { and, desc, eq, gt } from "drizzle-orm";
import type { Auth, Session } from "../identity.ts";
import { type CallParts, callAuth } from "./call-auth.ts";
import type { PeopleDatabase } from "./database.ts";
import { outcomeOf } from "./outcome.ts";
import { personOf } from "./person.ts";
import { session } from "./schema.ts";

type Parts = CallParts & { readonly database: PeopleDatabase; readonly now: () => number };

/**
 * Where somebody is signed in. The list is read from the rows, since better-auth's own shows it only within an hour of
 * signing in, for it tells the tokens too: no token gets to a page. Sessions are ended by better-auth.
 */
export function ownSessions(parts: Parts): Pick<Auth, "sessions" | "endSession" | "endOtherSessions"> {
  const { database, now } = parts;
  return {
    async sessions(request) {
      const { person } = await personOf(parts, request);
      if (!person) return [];
      const rows = await database
        .select()
        .from(session)
        .where(and(eq(session.userId, person.id), gt(session.expiresAt, new Date(now()))))
        .orderBy(desc(session.updatedAt), desc(session.createdAt));
      return rows.map((row) => sessionOf(row, person.session));
    },

    async endSession(request, { id }) {
      const { person } = await personOf(parts, request);
      const own = and(eq(session.id, id), eq(session.userId, person?.id ?? ""));
      const [found] = await database.select({ token: session.token }).from(session).where(own);
      if (!found) return { ok: false, message: "This session is over already." };
      return await outcomeOf(await callAuth(parts, request, "/revoke-session", { token: found.token }));
    },

    endOtherSessions: async (request) => await outcomeOf(await callAuth(parts, request, "/revoke-other-sessions", {})),
  };
}

function sessionOf(row: typeof session.$inferSelect, here: string): Session {
  const { id, userAgent, ipAddress, createdAt, updatedAt, impersonatedBy } = row;
  return {
    ...{ id, isHere: id === here, browser: userAgent || null, address: ipAddress || null },
    ...{ since: createdAt.toISOString(), used: updatedAt.toISOString(), isOperators: impersonatedBy !== null },
  };
}
