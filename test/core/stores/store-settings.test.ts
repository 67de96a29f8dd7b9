import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { parseStores, readStores } from "../../../src/core/stores/store-settings.ts";

const COLD = {
  name: "cold",
  endpoint: "https://storage.googleapis.com",
  bucket: "acme-copies",
  accessKeyId: "GOOG1EXAMPLE",
  secretAccessKey: "very/secret+key=",
};
const FULL = { ...COLD, name: "near", region: "eu-central-1", presign: true, addressing: "virtual" };
const DEFAULTS = { region: "auto", presign: false, addressing: "path" };

const parse = (value: unknown, local = false) => parseStores(JSON.stringify(value), local);

describe("the stores of a deployment", () => {
  it("are as the setting says, with defaults for what it may leave out", () => {
    expect(parse([COLD, FULL])).toEqual([{ ...COLD, ...DEFAULTS }, FULL]);
    expect(parse([])).toEqual([]);
  });

  it.each([
    "https://s3.eu-central-1.amazonaws.com",
    "https://minio.example:9000",
    "https://example.com/a/path",
    "https://203.0.113.9:9000",
  ])("may be at %s", (endpoint) => {
    expect(parse([{ ...COLD, endpoint }])).toMatchObject([{ endpoint }]);
  });

  it("may be reached over plain http in local development only", () => {
    const stores = [{ ...COLD, endpoint: "http://127.0.0.1:9000/s3" }];
    expect(parse(stores, true)).toMatchObject(stores);
    expect(parse(stores, false)).toBeNull();
  });

  it.each(["", "{", "null", "{}", '"cold"', "[null]", "[1]", "[[]]", "[{}]"])("are not %s", (text) => {
    expect(parseStores(text, true)).toBeNull();
  });

  it.each(Object.keys(COLD))("each have their %s, as a text that is not empty", (field) => {
    const { [field as keyof typeof COLD]: _, ...without } = COLD;
    expect(parse([without])).toBeNull();
    for (const value of ["", null, 1, ["a"], {}]) expect(parse([{ ...COLD, [field]: value }])).toBeNull();
  });

  it.each([
    { name: "Cold" },
    { name: "a.b" },
    { endpoint: "ftp://example.com" },
    { endpoint: "https://example.com/" },
    { endpoint: "https://example.com/a/" },
    { endpoint: "https://example.com?a=1" },
    { endpoint: "https://example.com#a" },
    { endpoint: "https://user:secret@example.com" },
    { endpoint: "https://example.com:99999" },
    { endpoint: "https://" },
    { bucket: "a/b" },
    { bucket: ".." },
    { bucket: "a b" },
    { region: "" },
    { region: "eu/1" },
    { region: null },
    { accessKeyId: "a/b" },
    { accessKeyId: "a,b" },
    { secretAccessKey: "a\nb" },
    { presign: "true" },
    { presign: null },
    { addressing: "host" },
    { adressing: "virtual" },
    { sessionToken: "a" },
  ])("have no field like %o", (field) => {
    expect(parse([{ ...COLD, ...field }])).toBeNull();
    expect(parse([FULL, { ...COLD, ...field }])).toBeNull();
  });

  it("have names of their own", () => {
    expect(parse([COLD, { ...FULL, name: COLD.name }])).toBeNull();
  });
});

describe("the setting STORES", () => {
  it("may be absent", () => {
    expect(readStores({}, false)).toEqual([]);
    expect(readStores({ STORES: "" }, false)).toEqual([]);
  });

  it("is read", () => {
    expect(readStores({ STORES: JSON.stringify([FULL]) }, false)).toEqual([FULL]);
  });

  it("that is bad is told by its name, and by nothing that it holds", () => {
    const broken = `${JSON.stringify([COLD])}]`;
    for (const STORES of [broken, JSON.stringify([COLD, COLD]), JSON.stringify([{ ...COLD, region: 1 }])]) {
      const read = () => readStores({ STORES }, false);
      expect(read).toThrow(SnapbyteError);
      expect(read).toThrow("STORES");
      expect(read).not.toThrow(/secret|GOOG1|acme|google/);
    }
  });
});
