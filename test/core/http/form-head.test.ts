import { describe, expect, it } from "vitest";
import { readFormHead } from "../../../src/core/http/form-head.ts";

const head = (disposition: string, ...more: string[]) =>
  readFormHead([`Content-Disposition: ${disposition}`, ...more].join("\r\n"));

describe("the head of a part", () => {
  it("names a field, or a file and its type", () => {
    expect(head('form-data; name="is_public"')).toEqual({ name: "is_public", fileName: null, contentType: null });
    expect(head('form-data; name="file"; filename="a.txt"', "Content-Type: text/plain")).toEqual({
      ...{ name: "file", fileName: "a.txt", contentType: "text/plain" },
    });
    expect(head("FORM-DATA;name=file;filename=a.txt", "content-type:text/plain", "X-Other: b")).toEqual({
      ...{ name: "file", fileName: "a.txt", contentType: "text/plain" },
    });
  });

  it.each([
    ['"a%22b%0D%0Ac.txt"', 'a"b\r\nc.txt', "a browser"],
    ['"a\\"b.txt"', 'a"b.txt', "curl"],
    ['"a\\b.txt"', "a\\b.txt", "a browser, of a backslash"],
    ['"C:\\a\\"', "C:\\a\\", "a backslash at the end"],
    ['"фильм; name=x.mp4"', "фильм; name=x.mp4", "a semicolon in quotes"],
    ['"../../a"', "../../a", "a path"],
    ['""', "", "nothing"],
    ['"50%25.txt"', "50%25.txt", "another percent, which nobody escapes"],
  ])("reads the name %s as %j: %s", (written, name) => {
    expect(head(`form-data; name="file"; filename=${written}`)?.fileName).toBe(name);
  });

  it("takes the extended notation before the plain one, where it can be read", () => {
    const both = (extended: string) => head(`form-data; name="file"; filename="a"; filename*=${extended}`)?.fileName;
    expect(both("UTF-8''%D1%8F.txt")).toBe("я.txt");
    expect(both("utf-8'en'b.txt")).toBe("b.txt");
    expect(both("UTF-8''%FF")).toBe("a");
    expect(both("latin1''b")).toBe("a");
  });

  it("has a file's type only where that is one", () => {
    expect(head('form-data; name="file"; filename="a"', "Content-Type: nonsense")?.contentType).toBeNull();
  });

  it("may be full of white space, which takes no longer than anything else", () => {
    const white = " \t".repeat(500_000);
    const type = `Content-Type:${white}text/plain${white}`;
    expect(head(`${white}form-data; name="file"${white}`, type, `X-Other: a${white}b`)).toEqual({
      ...{ name: "file", fileName: null, contentType: "text/plain" },
    });
  });

  it.each([
    "",
    "Content-Type: text/plain",
    "Content-Disposition: attachment; name=a",
    "Content-Disposition: form-data",
    "Content-Disposition: form-data; filename=a",
    "no field\r\nContent-Disposition: form-data; name=a",
    "Content-Disposition : form-data; name=a",
  ])("is none of a form: %j", (text) => {
    expect(readFormHead(text)).toBeNull();
  });
});
