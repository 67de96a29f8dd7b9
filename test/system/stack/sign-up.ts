import { expect } from "vitest";
import { until } from "./until.ts";
import { visitor } from "./visitor.ts";

export const PASSWORD = "correct horse battery";
export type Visitor = ReturnType<typeof visitor>;

/** The link of the newest mail to somebody, which the outbox makes one of. */
export async function linkTo(at: Visitor, email: string): Promise<URL> {
  const link = await until(`a mail with a link for ${email} is in the outbox`, async () => {
    const { html } = await at.see("/outbox");
    const [mail = ""] = html.split("<article").filter((each) => each.includes(`To ${email},`));
    return /href="(http[^"]+)"/.exec(mail)?.[1]?.replaceAll("&amp;", "&") ?? null;
  });
  return new URL(link);
}

/** Somebody who signs up at the console, confirms by the mail, and signs in; their page is `next`. */
export async function newPerson(console: string, name: string, email: string): Promise<Visitor> {
  const at = visitor(console);
  expect(await at.send("/sign-up", { name, email, password: PASSWORD })).toMatchObject({ location: "/confirm" });
  const link = await linkTo(at, email);
  expect((await at.see(link.href)).status).toBe(200);
  const token = link.searchParams.get("token") ?? "";
  expect(await at.send("/confirm", { token })).toMatchObject({ status: 303, location: "/app" });
  await signIn(at, email);
  return at;
}

export async function signIn(at: Visitor, email: string): Promise<void> {
  expect(await at.send("/sign-in", { email, password: PASSWORD, next: "/app" })).toMatchObject({ location: "/app" });
}

/** Makes an organisation; the beginning of its pages' addresses: `/app/ID`. */
export async function newOrganisation(at: Visitor, name: string, site: string): Promise<string> {
  const { location } = await at.send("/app/new", { name, site });
  const home = (location ?? "").replace(/\/overview$/, "");
  expect(home).toMatch(/^\/app\/[\w-]+$/);
  return home;
}
