import type { Auth, Refusal } from "./identity.ts";

const CLOSED: Refusal = { ok: false, message: "Nobody can sign in to this deployment." };

/** Where nobody can sign in: the site alone is open. In the place of a real one until that is there. */
export function closedAuth(): Auth {
  const refuse = async () => CLOSED;
  return {
    who: async () => ({ person: null, cookies: [] }),
    ...{ signUp: refuse, signIn: refuse, checkSecondFactor: refuse, confirm: refuse, askReset: refuse, reset: refuse },
    ...{ setUpSecondFactor: refuse, confirmSecondFactor: refuse, turnOffSecondFactor: refuse, createTenant: refuse },
    ...{
      invite: refuse,
      withdrawInvitation: refuse,
      acceptInvitation: refuse,
      changeRole: refuse,
      removeMember: refuse,
    },
    signOut: async () => ({ ok: true, cookies: [] }),
    stopImpersonating: refuse,
    members: async () => ({ members: [], invitations: [] }),
    assertion: async () => {
      throw new Error("nobody is signed in");
    },
    handle: async () => null,
  };
}
