import { describe, expect, it } from "vitest";
import { visible } from "../../../src/console/format/visible.ts";

describe("a name that somebody has given", () => {
  it.each(["film.mp4", "Über uns.html", "データ.csv", "תקציב.xlsx", "👩‍👩‍👧.png", `"><script>'&`, ""])(
    "is shown as it is: %j",
    (name) => {
      expect(visible(name)).toBe(name);
    },
  );

  it.each([
    ["\u202egnp.exe", "⟨U+202E⟩gnp.exe"],
    ["a\nb\tc", "a⟨U+000A⟩b⟨U+0009⟩c"],
    ["\u0000\u007f\u0085", "⟨U+0000⟩⟨U+007F⟩⟨U+0085⟩"],
    ["\u2066a\u2069\u202a\u202b\u202c\u202d", "⟨U+2066⟩a⟨U+2069⟩⟨U+202A⟩⟨U+202B⟩⟨U+202C⟩⟨U+202D⟩"],
  ])("has what nobody would see in it named: %j", (name, shown) => {
    expect(visible(name)).toBe(shown);
  });
});
