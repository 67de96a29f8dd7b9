import { describe, expect, it } from "vitest";
import { browser, newAccount, newAddress, PASSWORD, usePeopleWorld } from "./people-world.ts";

const tried: string[] = [];
const world = usePeopleWorld({
  triesPerMinute: 5,
  admitAddress: async (email) => tried.push(email) < 4 || !email.startsWith("many-"),
});

const statuses = async (count: number, ask: () => Promise<{ readonly status: number }>) => {
  const all: number[] = [];
  for (let time = 0; time < count; time++) all.push((await ask()).status);
  return all;
};

describe("who tries again and again", () => {
  it("is told to wait, by address of network, whatever the cookie and whoever it is tried with", async () => {
    const at = browser(world(), { address: "198.51.100.1" });
    const ask = () => at.call("/sign-in/email", { email: newAddress(), password: PASSWORD });
    expect(await statuses(7, ask)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const { headers } = await ask();
    expect(Number(headers.get("x-retry-after"))).toBeGreaterThan(0);
    // Somebody else is not.
    const other = browser(world(), { address: "198.51.100.2" });
    expect((await other.call("/sign-in/email", { email: newAddress(), password: PASSWORD })).status).toBe(401);
  });

  it("cannot say that they come from elsewhere", async () => {
    let number = 0;
    const at = browser(world(), { address: "198.51.100.3" });
    const ask = () => {
      const fields = { "x-forwarded-for": `203.0.113.${++number}`, "x-real-ip": `203.0.113.${number}` };
      return at.call("/sign-in/email", { email: newAddress(), password: PASSWORD }, fields);
    };
    expect((await statuses(6, ask)).at(-1)).toBe(429);
  });

  it("is one network of IPv6, however many addresses it has", async () => {
    let number = 0;
    const ask = () =>
      browser(world(), { address: `2001:db8::${++number}` }).call("/sign-in/email", {
        ...{ email: newAddress(), password: PASSWORD },
      });
    expect((await statuses(6, ask)).at(-1)).toBe(429);
  });

  it("sends nobody mail without end", async () => {
    const at = browser(world(), { address: "198.51.100.4" });
    const email = newAddress();
    expect((await statuses(6, () => at.call("/request-password-reset", { email }))).at(-1)).toBe(429);
  });

  it("is told to wait by the address that is tried, wherever the tries come from", async () => {
    const email = `many-${newAddress()}`;
    tried.length = 0;
    let network = 0;
    const ask = () =>
      browser(world(), { address: `203.0.113.${++network}` }).call("/sign-in/email", {
        ...{ email: ` ${email.toUpperCase()}`, password: PASSWORD },
      });
    expect((await statuses(5, ask)).at(-1)).toBe(429);
    expect(new Set(tried)).toEqual(new Set([email]));
  });

  it("does not invite one address again and again, from wherever they are", async () => {
    // From a network of their own: this world's limit counts what all others of the shared database have tried.
    const host = browser(world(), { address: "198.51.100.5" });
    await host.call("/sign-in/email", { email: (await newAccount(world())).email, password: PASSWORD });
    const made = await host.call("/organization/create", { name: "Host", slug: `host-${Date.now()}` });
    const organizationId = (made.body as { id: string }).id;
    tried.length = 0;
    const email = `many-${newAddress()}`;
    const ask = () => host.call("/organization/invite-member", { organizationId, email, role: "viewer", resend: true });
    expect((await statuses(5, ask)).at(-1)).toBe(429);
    expect(new Set(tried)).toEqual(new Set([email]));
  });
});
