import { describe, expect, test } from "vitest";
import type { CustomHostname, CustomHostnames } from "../../src/ports/custom-hostnames.ts";

/** A network, and what it will say of a host that is there. */
export type HostnamesUnderTest = {
  readonly hostnames: CustomHostnames;
  /** The owner has shown that the host is theirs, and its certificate is there. */
  activate(host: string): void;
  /** From here on the network takes no host of this name. */
  refuse(host: string): void;
};

const HOST = "files.acme.example";

export function customHostnamesContract(name: string, make: () => Promise<HostnamesUnderTest>): void {
  /** One that was made just now. */
  async function made(hostnames: CustomHostnames, host = HOST): Promise<CustomHostname> {
    const created = await hostnames.create(host);
    if (created === "refused") throw new Error(`${host} is refused`);
    return created;
  }

  describe(`CustomHostnames: ${name}`, () => {
    test("a host that was made is pending, says what is missing, and is found again", async () => {
      const { hostnames } = await make();
      const created = await made(hostnames);
      expect(created).toMatchObject({ ownership: "pending", certificate: "pending" });
      expect(created.proofs.length).toBeGreaterThan(0);
      for (const { type, name, value } of created.proofs) {
        expect(["TXT", "CNAME"]).toContain(type);
        expect(name).toContain(HOST);
        expect(value).not.toBe("");
      }
      expect(await hostnames.find(created.id)).toEqual(created);
    });

    test("a host that was made twice is one", async () => {
      const { hostnames } = await make();
      const created = await made(hostnames);
      expect(await made(hostnames)).toEqual(created);
      expect((await made(hostnames, `x.${HOST}`)).id).not.toBe(created.id);
    });

    test("a host becomes active when the network says so", async () => {
      const { hostnames, activate } = await make();
      const { id } = await made(hostnames);
      const other = await made(hostnames, `x.${HOST}`);
      activate(HOST);
      expect(await hostnames.find(id)).toMatchObject({ id, ownership: "active", certificate: "active" });
      expect(await hostnames.find(other.id)).toEqual(other);
    });

    test("a host that was deleted is not found, and deleting it again is no error", async () => {
      const { hostnames, activate } = await make();
      const { id } = await made(hostnames);
      const other = await made(hostnames, `x.${HOST}`);
      activate(HOST);
      await hostnames.delete(id);
      await hostnames.delete(id);
      expect(await hostnames.find(id)).toBeNull();
      expect(await hostnames.find(other.id)).toEqual(other);
      expect(await made(hostnames)).toMatchObject({ ownership: "pending", certificate: "pending" });
    });

    test("an id that nobody has is not found", async () => {
      const { hostnames } = await make();
      await made(hostnames);
      for (const id of ["00000000-0000-0000-0000-000000000000", "../custom_hostnames", "?", "a b"]) {
        expect(await hostnames.find(id)).toBeNull();
        await hostnames.delete(id);
      }
    });

    test("a name that the network never takes is refused, and no error", async () => {
      const { hostnames, refuse } = await make();
      refuse(HOST);
      expect(await hostnames.create(HOST)).toBe("refused");
    });
  });
}
