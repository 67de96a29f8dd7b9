import type { Auth } from "../identity.ts";
import { entry } from "./entry.ts";
import { secondFactor } from "./factor.ts";
import { type MembershipParts, memberships } from "./membership.ts";
import { ownSessions } from "./own-sessions.ts";
import { sessions } from "./session.ts";

/** Who knows people, with better-auth behind it: every action is a call of its own, made in the person's request. */
export function peopleAuth(parts: MembershipParts): Auth {
  const known = sessions(parts);
  return { ...known, ...entry(parts), ...secondFactor(parts), ...ownSessions(parts), ...memberships(parts, known) };
}
