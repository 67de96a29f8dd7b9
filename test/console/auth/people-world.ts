import { beforeAll, inject } from "vitest";
import type { AuthParts } from "../../../src/console/auth/auth-parts.ts";
import { connectPeople } from "../../../src/console/auth/database.ts";
import type { Mail } from "../../../src/console/auth/mails.ts";
import { AUTH_PATH, makeAuth } from "../../../src/console/auth/make-auth.ts";

export const BASE_URL = "https://console.example.com";
export const PASSWORD = "correct horse battery";

/**
 * A console's sign-in in front of an embedded Postgres, which all files share: nobody's address or site is anybody else's.
 * Mails come into `outbox` once what was begun is done.
 */
export function peopleWorld(changes: Partial<AuthParts> = {}) {
  const settings = inject("people");
  const database = connectPeople(settings.databaseUrl, settings.endpoint);
  const outbox: Mail[] = [];
  const reports: string[] = [];
  const work: Promise<unknown>[] = [];
  const tenants: { readonly id: string; readonly site: string }[] = [];
  const parts: AuthParts = {
    ...{ baseUrl: BASE_URL, secret: "a secret of forty characters that is none", database },
    sendMail: async (mail) => void outbox.push(mail),
    inBackground: (promise) => void work.push(promise),
    report: (what) => void reports.push(what),
    admitAddress: async () => true,
    triesPerMinute: 1_000,
    makeTenant: async ({ site }) => {
      const id = `tenant-${crypto.randomUUID()}`;
      tenants.push({ id, site });
      return { id };
    },
    memberRoom: async () => null,
    ...changes,
  };
  const auth = makeAuth(parts);
  const settled = async () => {
    await Promise.all(work.splice(0));
  };
  return { auth, settings, database, outbox, reports, tenants, settled };
}

export type PeopleWorld = ReturnType<typeof peopleWorld>;

/** One for all tests of a file. */
export function usePeopleWorld(changes: Partial<AuthParts> = {}): () => PeopleWorld {
  let world: PeopleWorld | undefined;
  beforeAll(() => {
    world = peopleWorld(changes);
  });
  return () => {
    if (!world) throw new Error("the world is not there yet");
    return world;
  };
}

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

/** A browser: keeps its cookies, and says which page sends a call. */
export function browser({ auth, settled }: PeopleWorld, { origin = BASE_URL, address = "192.0.2.1" } = {}) {
  const jar = new Map<string, string>();
  async function call(path: string, body?: object, fields: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { origin, cookie, "cf-connecting-ip": address, "user-agent": "a browser", ...fields };
    const url = `${BASE_URL}${AUTH_PATH}${path}`;
    const sent = body && { method: "POST", body: JSON.stringify(body) };
    const request = new Request(url, {
      ...sent,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    });
    const answer = await auth.handler(request);
    await settled();
    for (const field of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(field) ?? [];
      if (value === "" || /max-age=0/i.test(field)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text.startsWith("{") ? JSON.parse(text) : { text } };
  }
  const request = (path = "/") =>
    new Request(BASE_URL + path, {
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...{ origin, "cf-connecting-ip": address, "user-agent": "a browser" },
      },
    });
  return { jar, call, request };
}

/** What follows the link of a mail to a page of ours does there: the button that is on it. */
export function pressed(link: string): string {
  const { pathname, search } = new URL(link);
  if (pathname !== "/confirm") throw new Error(`${pathname} has no such button`);
  return `/verify-email${search}`;
}

/** The first link in the newest mail to somebody. */
export function linkIn({ outbox }: PeopleWorld, to: string): string {
  const mail = outbox.findLast((each) => each.to === to);
  const [link] = /https:\/\/\S+/.exec(mail?.text ?? "") ?? [];
  if (!link) throw new Error(`there is no link for ${to}`);
  return link;
}

let people = 0;
export const newAddress = () => `person-${++people}-${crypto.randomUUID().slice(0, 8)}@example.com`;

let hash: Promise<string> | undefined;

/**
 * Somebody with a confirmed address and {@link PASSWORD}. They have not signed up: making a password's hash takes a tenth of
 * a second each time.
 */
export async function newAccount({ auth }: PeopleWorld, email = newAddress(), name = "Anna") {
  const { internalAdapter, password } = await auth.$context;
  hash ??= password.hash(PASSWORD);
  const person = { email, name, emailVerified: true };
  const { id } = await internalAdapter.createUser(person, { method: "email-password" });
  await internalAdapter.linkAccount({ userId: id, accountId: id, providerId: "credential", password: await hash });
  return { id, email };
}

/** Such a person, signed in. */
export async function signedIn(world: PeopleWorld, email = newAddress(), name = "Anna") {
  const { id } = await newAccount(world, email, name);
  const at = browser(world);
  const { status, body } = await at.call("/sign-in/email", { email, password: PASSWORD });
  if (status !== 200) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`);
  return { ...at, email, id };
}
