import { until } from "./until.ts";
import type { visitor } from "./visitor.ts";

type Visitor = ReturnType<typeof visitor>;
export type NewPerson = { readonly name: string; readonly email: string; readonly password: string };

/** The link of the newest mail, which the outbox makes one of. */
export async function linkOf(at: Visitor): Promise<URL> {
  const link = await until("a mail with a link is in the outbox", async () => {
    const { html } = await at.see("/outbox");
    return /href="(http[^"]*\/confirm\?token=[^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  });
  return new URL(link);
}

/** Has somebody sign up at the console, and confirm their address by the outbox. */
export async function signUp(at: Visitor, person: NewPerson): Promise<void> {
  await at.send("/sign-up", person);
  const link = await linkOf(at);
  const confirmed = await at.send("/confirm", { token: link.searchParams.get("token") ?? "" });
  if (confirmed.status !== 303) throw new Error(`confirming answered ${confirmed.status}: ${confirmed.text}`);
}

/** Signs somebody in who has signed up. */
export async function signIn(at: Visitor, { email, password }: NewPerson): Promise<void> {
  const signedIn = await at.send("/sign-in", { email, password, next: "/app" });
  if (signedIn.status !== 303) throw new Error(`signing in answered ${signedIn.status}: ${signedIn.text}`);
}
