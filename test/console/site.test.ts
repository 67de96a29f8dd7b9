import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../src/console/api/client.ts";
import type { Bought } from "../../src/console/payment.ts";
import { tariffEstimator } from "../../src/console/site/tariff-estimator.ts";
import { ORIGIN_TARIFFS } from "../../src/core/pricing/origin-tariffs.ts";
import { NOW } from "./fakes/api-data.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { FAKE_PAYMENT } from "./fakes/fake-offers.ts";
import { flashOf, locationOf, textOf } from "./reading.ts";

const ESTIMATOR = tariffEstimator(() => NOW);
const WISH = {
  tariff: "s3/us-europe",
  gbPerMonth: 10_000,
  repeatPercent: 70,
  fileMegabytes: 25,
  mode: "auto",
} as const;

describe("the calculator", () => {
  it.each([...new Set(ORIGIN_TARIFFS.map(({ id }) => id))])("knows %s, and its account adds up", (tariff) => {
    const answer = ESTIMATOR.estimate({ ...WISH, tariff });
    if (!answer) throw new Error(`${tariff} has no estimate`);
    const { wouldHavePaid, paidToOrigin, paidToPlatform, saved, sources } = answer;
    expect(wouldHavePaid - paidToOrigin - paidToPlatform).toBe(saved);
    expect(sources.length).toBeGreaterThan(0);
    expect(ESTIMATOR.tariffs.find(({ id }) => id === tariff)?.where).not.toBe("");
  });

  it("says what repeats are worth: none saves nothing, and more save more", () => {
    const saved = (repeatPercent: number) => ESTIMATOR.estimate({ ...WISH, repeatPercent })?.saved ?? 0n;
    expect(saved(0)).toBeLessThan(0n);
    expect(saved(90)).toBeGreaterThan(saved(50));
  });

  it("knows no table that there is not", () => {
    expect(ESTIMATOR.estimate({ ...WISH, tariff: "moon/tranquility" })).toBeNull();
  });

  it("shows the account, and where the prices come from", async () => {
    const { get } = await consoleWorld({ estimator: ESTIMATOR });
    const html = await textOf(await get("/calculator?gb=10000&tariff=s3/us-europe&repeat=70&size=25&mode=auto", null));
    expect(html).toContain("Saved each month");
    expect(html).toContain("https://aws.amazon.com/s3/pricing/");
    expect(html).toContain('value="10000"');
  });

  it("says so when it would cost more", async () => {
    const { get } = await consoleWorld({ estimator: ESTIMATOR });
    const html = await textOf(await get("/calculator?gb=1000&tariff=s3/us-europe&repeat=0&size=1&mode=redirect", null));
    expect(html).toContain("Snapbyte is not for this traffic.");
  });

  it.each([
    ["gb=0", "gb", "A number from 1 to 100,000,000."],
    ["gb=lots", "gb", "A number from 1"],
    ["repeat=101", "repeat", "A number from 0 to 100."],
    ["size=-1", "size", "A number from 0.001"],
    ["tariff=moon", "tariff", "Choose one of the list."],
    ["gb=Infinity", "gb", "A number from 1"],
  ])("answers %s at its field, and keeps what was typed", async (query, field, words) => {
    const { get } = await consoleWorld({ estimator: ESTIMATOR });
    const response = await get(`/calculator?${query}`, null);
    const html = await textOf(response);
    expect(response.status).toBe(400);
    expect(html).toMatch(new RegExp(`id="e-${field}">${words}`));
  });

  it("invents no price where there are no tables", async () => {
    const { get } = await consoleWorld({ estimator: null });
    const html = await textOf(await get("/calculator", null));
    expect(html).toContain("There are no price tables in this deployment");
    expect(html.split("<main")[1]).not.toMatch(/\$\d/);
  });
});

describe("the prices", () => {
  it("are those of the plans, with their limits", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/pricing", null));
    expect(html).toContain("$49");
    expect(html).toContain("1,000,000 requests a month");
    expect(html).toContain("Past a limit, downloads go to your bucket.");
    expect(html).not.toContain("Payment is off");
  });

  it("say that payment is off, or that there are no plans", async () => {
    expect(await textOf(await (await consoleWorld({ payment: null })).get("/pricing", null))).toContain(
      "Payment is off",
    );
    expect(await textOf(await (await consoleWorld({ plans: null })).get("/pricing", null))).toContain("has no plans");
  });
});

describe("paying", () => {
  it("leads to who takes the money, and only there", async () => {
    const { post } = await consoleWorld();
    expect(locationOf(await post("/app/acme/plan", { plan: "scale" }))).toBe("https://checkout.stripe.com/c/scale");
    expect(locationOf(await post("/app/acme/plan", { form: "portal" }))).toBe("https://billing.stripe.com/p/session");
  });

  it("is off without anybody who takes money, and the page says so", async () => {
    const { get, post } = await consoleWorld({ payment: null });
    expect(await textOf(await get("/app/acme/plan"))).toContain("Payment is off in this deployment");
    expect((await post("/app/acme/plan", { plan: "scale" })).status).toBe(422);
  });

  it("changes the plan of who pays at once, and says that it takes a minute", async () => {
    const { post } = await consoleWorld({ payment: { ...FAKE_PAYMENT, checkout: async () => null } });
    const response = await post("/app/acme/plan", { plan: "scale" });
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/plan"]);
    expect(flashOf(response)).toContain("is being changed");
  });

  it("says in place what cannot be done, without what happened inside", async () => {
    const checkout = async () => {
      throw new ApiProblem(402, "PAYMENT", "The payment was declined, and nothing was changed.");
    };
    const { post } = await consoleWorld({ payment: { ...FAKE_PAYMENT, checkout } });
    const response = await post("/app/acme/plan", { plan: "scale" });
    expect(response.status).toBe(422);
    expect(await textOf(response)).toMatch(/role="alert">The payment was declined/);
  });

  it("sells nothing to who has a plan of the operator's, who would pay for what they have", async () => {
    const { get, post, api } = await consoleWorld();
    api.data.plan.plan.id = "unmetered";
    const html = await textOf(await get("/app/acme/plan"));
    expect(html).toContain("agreed with the operator");
    expect(html).not.toContain("Change to");
    expect((await post("/app/acme/plan", { plan: "pro" })).status).toBe(422);
    expect((await post("/app/acme/plan", { form: "portal" })).status).toBe(303);
  });

  it("leaves the page standing when invoices cannot be had", async () => {
    const away = async () => {
      throw new ApiProblem(402, "PAYMENT", "Stripe does not answer.");
    };
    const { get } = await consoleWorld({ payment: { ...FAKE_PAYMENT, invoices: away, bought: away } });
    const response = await get("/app/acme/plan");
    const html = await textOf(response);
    expect(response.status).toBe(200);
    expect(html).toContain("Invoices cannot be shown: Stripe does not answer.");
    expect(html).toContain("Change to Scale");
  });

  it.each<[Partial<Bought> | null, string | null]>([
    [{}, "Paid until 1 Dec 2026."],
    [{ endsAt: "2026-12-05T00:00:00Z" }, "This plan ends on 5 Dec 2026"],
    [{ state: "late" }, "The last payment has failed and is tried again."],
    [{ state: "pending" }, "The first payment is under way."],
    [{ state: "ended" }, null],
    [null, null],
  ])("says how what was bought stands: %j", async (changes, words) => {
    const bought = changes && { state: "active" as const, paidUntil: "2026-12-01T00:00:00Z", endsAt: null, ...changes };
    const { get } = await consoleWorld({ payment: { ...FAKE_PAYMENT, bought: async () => bought } });
    const html = await textOf(await get("/app/acme/plan"));
    if (words) expect(html).toContain(words);
    else expect(html).not.toMatch(/Paid until|ends on|payment has failed|under way/);
  });

  it("thanks whoever comes back from paying", async () => {
    const { get } = await consoleWorld();
    expect(await textOf(await get("/app/acme/plan?checkout=done"))).toContain("Thank you.");
    expect(await textOf(await get("/app/acme/plan"))).not.toContain("Thank you.");
  });

  it("says what somebody is over, and until when", async () => {
    const { get, api } = await consoleWorld();
    Object.assign(api.data.plan, {
      standing: { status: "aside", over: "delivered_bytes", until: "2026-12-01T00:00:00Z" },
    });
    const html = await textOf(await get("/app/acme/plan"));
    expect(html).toContain("over the limit of delivered bytes");
    expect(html).toContain("until 1 Dec 2026, 00:00 UTC");
  });
});

describe("the reference of the API", () => {
  it("has every operation of the description, each under its group", async () => {
    const { get } = await consoleWorld();
    const list = await textOf(await get("/reference", null));
    for (const path of ["/proxy", "/cache/{key}", "/purge", "/verification-keys/{id}/rotate"])
      expect(list).toContain(`<code>${path}</code>`);
    const group = await textOf(await get("/reference/origins", null));
    expect(group).toContain('id="post-origins"');
    expect(group).toMatch(/<code>access<\/code>/);
    expect(group).toContain("obey_private");
  });

  it("is a page that says so when the API does not answer", async () => {
    const { get, reported } = await consoleWorld({ askApi: async () => new Response("", { status: 500 }) });
    expect((await get("/reference", null)).status).toBe(500);
    expect(reported).toHaveLength(1);
  });
});

describe("the home page", () => {
  it("shows the figures that were measured, and says how far to believe them", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/", null));
    expect(html).toContain("Measured on 2026-");
    expect(html).toContain("believe the ratios");
    expect(html).toContain("Not every bar that we set ourselves was met");
  });

  it("offers the console to who is signed in", async () => {
    const { get } = await consoleWorld();
    expect(await textOf(await get("/"))).toContain("Open the console");
  });
});
