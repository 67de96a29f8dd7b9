import { describe, expect, it } from "vitest";
import { jwt, names, read } from "../reading.ts";

const END = 1_795_208_014;
const AT = END * 1000;

describe("Supabase", () => {
  const signed = (claims: unknown, query = "", host = "ref.supabase.co") =>
    read(`https://${host}/storage/v1/object/sign/b/a.png?token=${jwt(claims)}${query}`);

  it("has its end in a token, and parameters that only keep caches apart", () => {
    const url = signed({ url: "b/a.png", exp: END }, "&t=2024&cacheNonce=1&width=9");
    expect(url).toMatchObject({ schemes: ["supabase"], expiresAt: AT, guessed: false, unstorable: null });
    expect(url.identity).toBe("https://ref.supabase.co:443/storage/v1/object/sign/b/a.png");
    expect(names(url, "credential")).toEqual(["token", "t!", "cachenonce!"]);
    expect(names(url, "ignored")).toEqual(["width!"]);
  });

  it("selects an image's form inside the token: another form is another object", () => {
    const image = (transformations: string) =>
      read(`https://ref.supabase.co/storage/v1/render/image/sign/b/a.png?token=${jwt({ exp: END, transformations })}`);
    expect(image("width:100").identity).toMatch(/\/a\.png\?transformations=width%3A100$/);
    expect(image("width:100").identity).not.toBe(image("width:200").identity);
  });

  it.each([{}, { exp: "soon" }, { exp: null }, 7, "x"])("is malformed with the claims %j", (claims) => {
    expect(signed(claims)).toMatchObject({ unstorable: "malformed", expiresAt: null });
  });

  it("is a guess on a host of the customer's, and none without a token", () => {
    expect(signed({ exp: END }, "", "files.example.com").guessed).toBe(true);
    expect(read("https://ref.supabase.co/storage/v1/object/sign/b/a.png").schemes).toEqual([]);
    expect(read(`https://ref.supabase.co/storage/v1/object/public/b/a?token=${jwt({ exp: END })}`).schemes).toEqual([]);
  });
});

describe("Firebase", () => {
  const address = "https://firebasestorage.googleapis.com/v0/b/p.appspot.com/o/dir%2Fa";

  it("never ends, and keeps what selects bytes", () => {
    const url = read(`${address}?alt=media&token=0-1&generation=7&x=1`);
    expect(url).toMatchObject({ schemes: ["firebase"], expiresAt: null, unstorable: null });
    expect(url.identity).toBe(
      "https://firebasestorage.googleapis.com:443/v0/b/p.appspot.com/o/dir%2Fa?alt=media&generation=7",
    );
  });

  it.each([`${address}?token=0-1`, address, `${address}?alt=json&token=0-1`])(
    "answers %s with JSON about it",
    (text) => {
      expect(read(text).unstorable).toBe("sub-resource");
    },
  );
});

describe("Vercel Blob", () => {
  const delegation = (claims: unknown) => `${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;
  const address = "https://store.private.blob.vercel-storage.com/a.png?";

  it.each([
    [`vercel-blob-delegation=${delegation({ validUntil: AT })}&vercel-blob-signature=s`, AT],
    [
      `vercel-blob-delegation=${delegation({ validUntil: AT })}&vercel-blob-signature=s&vercel-blob-valid-until=${AT - 5}`,
      AT - 5,
    ],
    [`vercel-blob-delegation=x&vercel-blob-signature=s&vercel-blob-valid-until=${AT}&download=1&x=1`, AT],
  ])("ends at the earlier of its own end and its delegation's: %s", (query, expiresAt) => {
    const url = read(address + query);
    expect(url).toMatchObject({ schemes: ["vercel-blob"], expiresAt, unstorable: null, guessed: false });
    expect(url.identity).toBe("https://store.private.blob.vercel-storage.com:443/a.png");
    expect(url.fetchText).not.toContain("download");
  });

  it.each([
    "vercel-blob-delegation=x&vercel-blob-signature=s",
    `vercel-blob-delegation=${delegation({ validUntil: AT })}`,
    `vercel-blob-signature=s&vercel-blob-valid-until=${AT}`,
    "vercel-blob-store-id=s",
  ])("is malformed as %s", (query) => {
    expect(read(address + query).unstorable).toBe("malformed");
  });
});

describe("uploadthing", () => {
  it.each(["https://app.ufs.sh/f/key", "https://utfs.io/f/key"])("counts in milliseconds at %s", (address) => {
    const url = read(`${address}?expires=${AT}&signature=hmac-sha256%3Dab&x=1`);
    expect(url).toMatchObject({ schemes: ["uploadthing"], expiresAt: AT, unstorable: null });
    expect(url.identity).toMatch(/\/f\/key\?x=1$/);
    expect(read(`${address}?expires=never&signature=s`).unstorable).toBe("malformed");
    expect(read(`${address}?signature=s`).unstorable).toBe("malformed");
  });

  it("is not seen elsewhere", () => {
    expect(read(`https://cdn.example.com/f/key?expires=${AT}&signature=hmac-sha256%3Dab`).schemes).toEqual([]);
  });
});

describe("Discord", () => {
  const address = "https://cdn.discordapp.com/attachments/1/2/a.png";

  it("counts in hexadecimal seconds, and keeps an image's form", () => {
    const url = read(`${address}?ex=667ed4eb&is=667d836b&hm=ab&width=9&`);
    expect(url.expiresAt).toBe(Date.UTC(2024, 5, 28, 15, 21, 15));
    expect(url.notBefore).toBe(Date.UTC(2024, 5, 27, 15, 21, 15));
    expect(url.identity).toBe("https://cdn.discordapp.com:443/attachments/1/2/a.png?width=9");
  });

  it.each(["ex=667ed4eb&is=667d836b", "ex=zz&is=667d836b&hm=ab", "hm=ab"])("is malformed as %s", (query) => {
    expect(read(`${address}?${query}`).unstorable).toBe("malformed");
    expect(read(`https://cdn.example.com/a?${query}`).schemes).toEqual([]);
  });
});

describe("OneDrive and Dropbox", () => {
  it("OneDrive: the object is named by what else is in the query", () => {
    const address = "https://acme.sharepoint.com/_layouts/15/download.aspx?UniqueId=";
    const url = read(`${address}1&Translate=false&tempauth=v1.${jwt({ exp: END })}`);
    expect(url).toMatchObject({ schemes: ["onedrive"], expiresAt: AT, unstorable: null });
    expect(url.identity).toMatch(/download\.aspx\?UniqueId=1&Translate=false$/);
    expect(read(`${address}1&tempauth=opaque`)).toMatchObject({ expiresAt: null, unstorable: null });
    expect(read("https://cdn.example.com/a?tempauth=x").schemes).toEqual([]);
  });

  it("Dropbox: the path is the credential and the name at once", () => {
    const url = read("https://uc0.dl.dropboxusercontent.com/cd/0/get/TOKEN/file?dl=1");
    expect(url).toMatchObject({ schemes: ["dropbox"], expiresAt: null });
    expect(url.identity).toContain("/get/TOKEN/file?dl=1");
  });
});
