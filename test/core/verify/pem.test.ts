import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { importPublicKey, pemOf, readPublicKey } from "../../../src/core/verify/pem.ts";

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const ED25519 = generateKeyPairSync("ed25519");

const pem = (key: typeof RSA.publicKey, type: "spki" | "pkcs1" = "spki") =>
  key.export({ type, format: "pem" }).toString();

describe("a public key in PEM", () => {
  it("is read, whatever white space is around and between its lines", () => {
    for (const text of [pem(RSA.publicKey), `\n  ${pem(RSA.publicKey).replaceAll("\n", "\r\n")}\n`]) {
      expect(readPublicKey(text)).toMatchObject({ type: "rsa" });
    }
    expect(readPublicKey(pem(P256.publicKey))).toMatchObject({ type: "p256" });
  });

  it("of PKCS#1 is the same key", () => {
    expect(readPublicKey(pem(RSA.publicKey, "pkcs1"))).toEqual(readPublicKey(pem(RSA.publicKey)));
  });

  it("comes back as OpenSSL writes it", () => {
    for (const key of [RSA.publicKey, P256.publicKey]) {
      const read = readPublicKey(pem(key));
      expect(typeof read !== "string" && pemOf(read)).toBe(pem(key));
    }
  });

  it("is imported for checking signatures", async () => {
    for (const key of [RSA.publicKey, P256.publicKey]) {
      const read = readPublicKey(pem(key));
      if (typeof read === "string") throw new Error(read);
      const imported = await importPublicKey(read, "SHA-1");
      expect(imported.usages).toEqual(["verify"]);
      const spki = Buffer.from(await crypto.subtle.exportKey("spki", imported));
      expect(createPublicKey({ key: spki, format: "der", type: "spki" }).equals(key)).toBe(true);
    }
  });
});

describe("what is no public key in PEM", () => {
  const body = pem(RSA.publicKey).split("\n").slice(1, -2).join("\n");
  it.each([
    ["a private key", RSA.privateKey.export({ type: "pkcs8", format: "pem" })],
    ["a private key", RSA.privateKey.export({ type: "pkcs1", format: "pem" })],
    ["a private key", P256.privateKey.export({ type: "sec1", format: "pem" })],
    ["a private key", `${pem(RSA.publicKey)}${RSA.privateKey.export({ type: "pkcs8", format: "pem" })}`],
    ["a certificate", `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`],
    ["of the wrong curve", pem(P384.publicKey)],
    ["not a public key in PEM", pem(ED25519.publicKey)],
    ["not a public key in PEM", `${pem(RSA.publicKey)}${pem(P256.publicKey)}`],
    ["not a public key in PEM", body],
    ["not a public key in PEM", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
    ["not a public key in PEM", `-----BEGIN PUBLIC KEY-----\n${body.slice(4)}\n-----END PUBLIC KEY-----`],
    ["not a public key in PEM", `-----BEGIN PUBLIC KEY-----\n${body}\n-----END RSA PUBLIC KEY-----`],
    ["not a public key in PEM", ""],
  ])("is told to be %s", (problem, text) => {
    expect(readPublicKey(text.toString())).toBe(problem);
  });

  it("is not imported when its numbers are no point of the curve", async () => {
    const read = readPublicKey(pem(P256.publicKey));
    if (typeof read === "string") throw new Error(read);
    const spki = read.spki.slice();
    spki.set([(spki.at(-1) ?? 0) ^ 1], spki.length - 1);
    await expect(importPublicKey({ ...read, spki }, "SHA-1")).rejects.toThrow();
  });
});
