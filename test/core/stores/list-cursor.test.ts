import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listCursorText, parseListCursor } from "../../../src/core/stores/list-cursor.ts";

describe("a place in the listing of several stores", () => {
  it("is read back as it was written, whatever a store's own cursor holds", () => {
    const store = fc.option(fc.stringMatching(/^[a-z0-9-]{1,8}$/));
    const after = fc.option(fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(store, after, (store, after) => {
        expect(parseListCursor(listCursorText({ store, after }))).toEqual({ store, after });
      }),
    );
  });

  it("from before there were several is one of the deployment's own", () => {
    expect(parseListCursor("bGFzdC1rZXk=")).toEqual({ store: null, after: "bGFzdC1rZXk=" });
  });

  it("that is empty is the very beginning", () => {
    expect(parseListCursor("")).toEqual({ store: null, after: null });
  });
});
