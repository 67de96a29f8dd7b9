import { beforeAll, expect, it } from "vitest";
import { ledToCopy } from "../system/delivery/clients/led-to-copy.ts";
import { done } from "../system/front-door/settings/settings-calls.ts";
import { publish, sha256 } from "../system/stack/objects.ts";
import { untilHit } from "../system/stack/requests.ts";
import { type ActiveFile, activeFiles } from "./active-files.ts";
import { followLink, frameLink, type Opened, showsImage } from "./opening.ts";
import type { Site } from "./site.ts";

/** Files that act in a browser, HTML among them, which the tenant must want stored. `host`: a host name that will be the tenant's own. */
export function documents({ stack, door, pages, open }: Site, host: string): void {
  const names = activeFiles(String).map(({ name }) => name);
  const files = new Map<string, ActiveFile & { readonly url: string }>();
  beforeAll(async () => {
    for (const file of activeFiles(pages().marker)) {
      const { name, type, body } = file;
      files.set(name, { ...file, url: await publish(stack(), name, body, { ContentType: type }) });
    }
  });
  const file = (name: string) => {
    const found = files.get(name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  /** As the door is seen under another host name. */
  const on = (name: string, link: string) => link.replace("127.0.0.1", name);

  function expectSaved({ savedAs, fields, sha256: digest }: Opened, name: string): void {
    expect([savedAs, digest]).toEqual([name, sha256(file(name).body)]);
    expect(fields).toMatchObject({
      "content-type": file(name).type,
      "content-disposition": "attachment",
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    });
    expect(pages().marked).not.toContain(name);
  }

  it.each(names)("are saved, byte for byte, and never run where strangers' files lie too: %s", async (name) => {
    const { result } = await ledToCopy(door(), file(name).url, async (link) => {
      return await followLink(await open(pages().url), link);
    });
    expectSaved(result, name);
  });

  it.each(names)("do not run in a frame either: %s", async (name) => {
    const { result } = await ledToCopy(door(), file(name).url, async (link) => {
      return await frameLink(await open(pages().url), link);
    });
    expectSaved(result, name);
  });

  it("are shown in a page where they cannot act: an SVG as an image", async () => {
    const { result } = await ledToCopy(door(), file("drawing.svg").url, async (link) => {
      return await showsImage(await open(pages().url), link);
    });
    expect(result).toBe(true);
    expect(pages().marked).not.toContain("drawing.svg");
  });

  it.each(names)("are shown as they are on a host of the tenant's own, where it wants that: %s", async (name) => {
    await ownHost();
    const { result } = await ledToCopy(door(), file(name).url, async (link) => {
      return await followLink(await open(pages().url), on(host, link));
    });
    expect(result).toMatchObject({ sha256: sha256(file(name).body), origin: on(host, door().url) });
    expect(Object.keys(result.fields)).not.toContain("content-disposition");
    expect(Object.keys(result.fields)).not.toContain("content-security-policy");
    // A Chromium without a viewer saves what it was given to show.
    if (name === "paper.pdf") return;
    expect(result.savedAs).toBe(null);
    await pages().untilMarked(name);
  });

  it("are saved all the same under another host name", async () => {
    await ownHost();
    const { location } = await untilHit(door().stack, file("page.html").url);
    const { savedAs, fields } = await followLink(await open(pages().url), location);
    expect([savedAs, fields["content-security-policy"]]).toEqual(["page.html", "sandbox"]);
  });

  async function ownHost(): Promise<void> {
    const { hosts } = (await done(stack(), "GET", "/hosts")) as { hosts: readonly unknown[] };
    if (hosts.length === 0) await done(stack(), "POST", "/hosts", { host });
    await done(stack(), "PATCH", "/serving", { show_active: true });
  }
}
