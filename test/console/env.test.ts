import { describe, expect, it } from "vitest";
import { parseConsoleEnv } from "../../src/console/env.ts";

const asked: Request[] = [];
const API = {
  async fetch(request: Request) {
    asked.push(request);
    return new Response("ok");
  },
};
const RAW = {
  ...{
    ENVIRONMENT: "production",
    API,
    EDGE_URL: "https://edge.example.com/",
    CONSOLE_URL: "https://console.example.com",
  },
  ...{ DATABASE_URL: "postgres://a:b@c.example/d", AUTH_SECRET: "x".repeat(32), CONSOLE_KEYS: `1:${"C".repeat(42)}A` },
  ADDRESS_LIMIT: { limit: async () => ({ success: true }) },
  ...{ MAIL_URL: "https://mail.example/emails", MAIL_TOKEN: "token", MAIL_FROM: "mail@example.com" },
};

describe("the settings of the console", () => {
  it("are taken when all are there", () => {
    const env = parseConsoleEnv(RAW);
    expect(env).toMatchObject({
      edge: "https://edge.example.com",
      local: false,
      neonEndpoint: null,
      triesPerMinute: 10,
    });
    expect(env.mail).toEqual({ url: RAW.MAIL_URL, token: "token", from: "mail@example.com" });
  });

  it.each([
    ...[
      "API",
      "EDGE_URL",
      "CONSOLE_URL",
      "ENVIRONMENT",
      "DATABASE_URL",
      "AUTH_SECRET",
      "CONSOLE_KEYS",
      "ADDRESS_LIMIT",
    ],
    ...["MAIL_URL", "MAIL_TOKEN", "MAIL_FROM"],
  ])("are refused without %s, which is named", (name) => {
    expect(() => parseConsoleEnv({ ...RAW, [name]: undefined })).toThrow(name);
  });

  it.each([
    ["AUTH_SECRET", "short"],
    ["CONSOLE_KEYS", "1:short"],
    ["MAIL_URL", "mail.example"],
    ["MAIL_URL", "http://mail.example/"],
    ["TRIES_PER_MINUTE", "many"],
  ])("are refused with %s=%s, whose value is not told", (name, value) => {
    expect(() => parseConsoleEnv({ ...RAW, [name]: value })).toThrow(name);
    expect(() => parseConsoleEnv({ ...RAW, [name]: value })).not.toThrow(value);
  });

  it("turn payment on by Stripe's key, and want all that goes with it", () => {
    expect(parseConsoleEnv(RAW).stripe).toBeNull();
    expect(() => parseConsoleEnv({ ...RAW, STRIPE_SECRET_KEY: "sk_test_x" })).toThrow("STRIPE_WEBHOOK_SECRET");
    const paid = {
      STRIPE_SECRET_KEY: "sk_test_x",
      STRIPE_WEBHOOK_SECRET: "whsec_x",
      STRIPE_PRICES: '{"pro":"price_1"}',
    };
    expect(parseConsoleEnv({ ...RAW, ...paid }).stripe).toMatchObject({ key: "sk_test_x", at: null });
    expect(() => parseConsoleEnv({ ...RAW, ...paid, STRIPE_API_URL: "http://a.example" })).toThrow("STRIPE_API_URL");
  });

  it("leave mails in the outbox in local development alone", () => {
    expect(parseConsoleEnv({ ...RAW, ENVIRONMENT: "local", MAIL_URL: undefined }).mail).toBeNull();
  });

  it("name the host by which the API answers management calls", async () => {
    const request = () => new Request("https://api.internal/keys?a=b", { method: "POST", body: "{}" });
    await parseConsoleEnv(RAW).askApi(request());
    await parseConsoleEnv({ ...RAW, API_URL: "https://api.example.com/" }).askApi(request());
    expect(asked.map(({ url, method }) => `${method} ${url}`)).toEqual([
      "POST https://api.internal/keys?a=b",
      "POST https://api.example.com/keys?a=b",
    ]);
    expect(await asked[1]?.text()).toBe("{}");
  });
});
