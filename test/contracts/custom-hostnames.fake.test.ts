import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { close, listen } from "../../src/dev/net/listen.ts";
import { cloudflareCustomHostnames } from "../../src/platform/http/cloudflare-custom-hostnames.ts";
import { cloudflareSaas, SAAS_ZONE } from "../fakes/cloudflare-saas.ts";
import { fakeCustomHostnames } from "../fakes/custom-hostnames.ts";
import { customHostnamesContract } from "./custom-hostnames.contract.ts";

const HOST = "files.acme.example";
const TARGET = "hosts.snapbyte.example";
const ACTIVE = { status: "active", ssl: { status: "active" } };

type Answer = (request: Request) => Promise<Response> | Response;

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await close(server);
});

/** A stand-in of Cloudflare's API on a port of 127.0.0.1, and our words for it. */
async function over(answer: Answer, timeLimitMs = 5_000) {
  const server = createServer(async (request, response) => {
    const answered = await answer(await readRequest(request));
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
  });
  running.push(server);
  const endpoint = `http://127.0.0.1:${await listen(server, 0)}/client/v4`;
  return cloudflareCustomHostnames({ ...SAAS_ZONE, target: TARGET }, { endpoint, timeLimitMs });
}

async function readRequest(request: IncomingMessage): Promise<Request> {
  const { method = "", url = "", headers } = request;
  const body = (await request.toArray()).join("");
  const fields = headers as Record<string, string>;
  return new Request(`http://127.0.0.1${url}`, { method, headers: fields, ...(body !== "" && { body }) });
}

async function cloudflare() {
  const saas = cloudflareSaas();
  return { saas, hostnames: await over(saas.answer) };
}

customHostnamesContract("fake", async () => {
  const hostnames = fakeCustomHostnames();
  return {
    hostnames,
    activate: (host) => hostnames.change(host, { ownership: "active", certificate: "active" }),
    refuse: (host) => hostnames.refused.add(host),
  };
});

customHostnamesContract("Cloudflare for SaaS, over HTTP", async () => {
  const { saas, hostnames } = await cloudflare();
  return {
    hostnames,
    activate: (host) => saas.change(host, ACTIVE),
    refuse: (host) => saas.refused.set(host, 1411),
  };
});

describe("what Cloudflare is asked", () => {
  test("a certificate of its own, by a record in the DNS, and nothing of weak protocols", async () => {
    const { saas, hostnames } = await cloudflare();
    await hostnames.create(HOST);
    const ssl = { method: "txt", type: "dv", settings: { min_tls_version: "1.2" } };
    expect(saas.asked).toEqual([`POST /custom_hostnames ${JSON.stringify({ hostname: HOST, ssl })}`]);
  });

  test("by name only when it has the name already, and then by the whole of it", async () => {
    const { saas, hostnames } = await cloudflare();
    await hostnames.create(`x.${HOST}`);
    await hostnames.create(HOST);
    saas.asked.length = 0;
    const again = await hostnames.create(HOST);
    expect(saas.asked.map((asked) => asked.split(" ", 2).join(" "))).toEqual([
      "POST /custom_hostnames",
      `GET /custom_hostnames?hostname=${HOST}`,
    ]);
    expect(again).toMatchObject({ proofs: expect.arrayContaining([expect.objectContaining({ name: HOST })]) });
  });

  test("nothing outside of custom hostnames, whatever the id", async () => {
    const { saas, hostnames } = await cloudflare();
    for (const id of ["", ".", "..", "../dns_records", "%2e%2e", "?x=1", "#x", "a b"]) {
      expect(await hostnames.find(id)).toBeNull();
      await hostnames.delete(id);
    }
    expect(saas.asked).toEqual([]);
  });
});

describe("what the owner has to publish", () => {
  const owner = { type: "TXT", name: `_cf-custom-hostname.${HOST}`, value: expect.stringMatching(/^owner-/) };
  const certificate = { type: "TXT", name: `_acme-challenge.${HOST}`, value: expect.stringMatching(/^certificate-/) };
  const pointer = { type: "CNAME", name: HOST, value: TARGET };

  test("is where the name points to, whose it is, and that we may have a certificate", async () => {
    const { hostnames } = await cloudflare();
    const { proofs } = (await hostnames.create(HOST)) as Exclude<
      Awaited<ReturnType<typeof hostnames.create>>,
      "refused"
    >;
    expect(proofs).toEqual([pointer, owner, certificate]);
  });

  test.each<[string, Record<string, unknown>, unknown[]]>([
    ["no certificate's record, before there is one", { ssl: { status: "initializing" } }, [pointer, owner]],
    ["no certificate's record, where there is no certificate", { ssl: null }, [pointer, owner]],
    ["no owner's record, once that is shown", { status: "active" }, [pointer, certificate]],
    ["no certificate's record, once it is there", { ssl: { status: "active" } }, [pointer, owner]],
    ["nothing, once all is there", ACTIVE, []],
    [
      "no owner's record of another kind",
      { ownership_verification: { type: "http", name: "a", value: "b" } },
      [pointer, certificate],
    ],
    ["no record without a value", { ownership_verification: { type: "txt", name: "a" } }, [pointer, certificate]],
  ])("is %s", async (_, changes, proofs) => {
    const { saas, hostnames } = await cloudflare();
    await hostnames.create(HOST);
    saas.change(HOST, changes);
    expect(await hostnames.create(HOST)).toMatchObject({ proofs });
  });
});

describe("what Cloudflare says of a host", () => {
  const STATES = {
    active: "active",
    active_redeploying: "active",
    moved: "failed",
    blocked: "failed",
    deleted: "failed",
  };
  const PENDING = [
    "pending",
    "pending_migration",
    "pending_provisioned",
    "provisioned",
    "pending_blocked",
    "test_pending",
    "new",
  ];

  test.each([...Object.entries(STATES), ...PENDING.map((status) => [status, "pending"] as const)])(
    "as %s is that its ownership is %s",
    async (status, ownership) => {
      const { saas, hostnames } = await cloudflare();
      await hostnames.create(HOST);
      saas.change(HOST, { status });
      expect(await hostnames.create(HOST)).toMatchObject({ ownership, certificate: "pending" });
    },
  );

  test.each([
    ...["initializing", "pending_validation", "pending_issuance", "pending_deployment"].map((each) => [
      each,
      "pending",
    ]),
    ...["validation_timed_out", "issuance_timed_out", "expired", "inactive"].map((each) => [each, "failed"]),
    ["active", "active"],
    ["backup_issued", "pending"],
  ])("of a certificate as %s is %s", async (status, certificate) => {
    const { saas, hostnames } = await cloudflare();
    await hostnames.create(HOST);
    saas.change(HOST, { ssl: { status } });
    expect(await hostnames.create(HOST)).toMatchObject({ ownership: "pending", certificate });
  });

  test("as a problem is told, and no more than people read", async () => {
    const { saas, hostnames } = await cloudflare();
    expect(await hostnames.create(HOST)).toMatchObject({ problems: ["custom hostname does not CNAME to this zone."] });
    const ssl = { status: "pending_validation", validation_errors: [{ message: "SERVFAIL looking up CAA" }, {}] };
    saas.change(HOST, { ssl, verification_errors: [] });
    expect(await hostnames.create(HOST)).toMatchObject({ problems: ["SERVFAIL looking up CAA"] });
    saas.change(HOST, { verification_errors: [null, "", 1, ...Array<string>(20).fill("x".repeat(5_000))] });
    const many = await hostnames.create(HOST);
    if (many === "refused") throw new Error("refused");
    expect(many.problems.map(({ length }) => length)).toEqual(Array(10).fill(300));
  });
});

describe("what is no answer", () => {
  const json = (status: number, body: unknown) => () => Response.json(body, { status });

  test.each<[string, Answer, RegExp]>([
    ["a token that may not", json(403, { success: false, errors: [{ code: 10000, message: "no" }] }), /403.*10000/],
    ["a zone without quota", json(403, { success: false, errors: [{ code: 1404, message: "no" }] }), /403.*1404/],
    ["a zone that is not there", json(404, { success: false, errors: [{ code: 7003, message: "no" }] }), /404.*7003/],
    ["too many calls", json(429, { success: false, errors: [{ code: 971, message: "slow down" }] }), /429.*971/],
    ["an error of theirs", json(500, { success: false, errors: [{ code: 1500, message: "Internal" }] }), /500.*1500/],
    ["a page", () => new Response("<html>", { status: 502 }), /502.*none told/],
    ["a good status with bad news", json(200, { success: false, errors: [{ code: 1, message: "" }] }), /200/],
    ["a result without an id", json(200, { success: true, result: { hostname: HOST } }), /200/],
    ["a redirect", () => new Response(null, { status: 302, headers: { Location: "http://127.0.0.1:1/" } }), /302/],
    ["a duplicate that is not there", json(409, { success: false, errors: [{ code: 1406, message: "" }] }), /409/],
  ])("%s rejects, by status and code", async (_, answer, message) => {
    const hostnames = await over(answer);
    await expect(hostnames.create(HOST)).rejects.toThrow(message);
    await expect(hostnames.find("id")).rejects.toThrow();
  });

  test("a zone that is not there has nothing deleted, and says so", async () => {
    const hostnames = await over(json(404, { success: false, errors: [{ code: 7003, message: "no" }] }));
    await expect(hostnames.delete("id")).rejects.toThrow("7003");
  });

  test.each([1407, 1408, 1409, 1410, 1411, 1448])("code %i is a word on the name, and no error", async (code) => {
    const hostnames = await over(json(400, { success: false, errors: [{ code, message: "" }] }));
    expect(await hostnames.create(HOST)).toBe("refused");
    await expect(hostnames.find("id")).rejects.toThrow("400");
    await expect(hostnames.delete("id")).rejects.toThrow("400");
  });

  test("silence rejects in time", async () => {
    const hostnames = await over(() => new Promise<Response>(() => {}), 20);
    await expect(hostnames.create(HOST)).rejects.toThrow();
  });

  test("nobody at the address rejects, and no error tells the token, not where the other side repeats it", async () => {
    const nobody = cloudflareCustomHostnames({ ...SAAS_ZONE, target: TARGET }, { endpoint: "http://127.0.0.1:1" });
    const repeating = await over((request) => {
      const message = `bad token: ${request.headers.get("Authorization")}`;
      return Response.json({ success: false, errors: [{ code: 6003, message }], messages: [message] }, { status: 400 });
    });
    for (const hostnames of [nobody, repeating]) {
      for (const call of [() => hostnames.create(HOST), () => hostnames.find("id"), () => hostnames.delete("id")]) {
        const error = await call().then(
          () => null,
          (reason: Error) => reason,
        );
        expect(error).toBeInstanceOf(Error);
        expect(`${error?.stack} ${JSON.stringify(error)} ${String(error?.cause)}`).not.toContain(SAAS_ZONE.apiToken);
      }
    }
  });
});
