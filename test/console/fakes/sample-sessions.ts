import type { Session } from "../../../src/console/identity.ts";

const LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 " +
  "Mobile/15E148 Safari/604.1";

/** Where everybody is signed in: here, on a phone, and by an operator who acts in their name. */
export const SESSIONS: readonly Session[] = [
  {
    ...{ id: "s1", isHere: true, browser: LINUX, address: "198.51.100.7", isOperators: false },
    ...{ since: "2026-11-21T09:00:00Z", used: "2026-11-21T12:00:00Z" },
  },
  {
    ...{ id: "s2", isHere: false, browser: PHONE, address: "2001:db8:85a3::8a2e:370:7334", isOperators: false },
    ...{ since: "2026-11-12T18:30:00Z", used: "2026-11-20T18:30:00Z" },
  },
  {
    ...{ id: "s3", isHere: false, browser: null, address: null, isOperators: true },
    ...{ since: "2026-11-21T11:50:00Z", used: "2026-11-21T11:50:00Z" },
  },
];
