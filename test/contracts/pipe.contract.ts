import { describe, expect, test } from "vitest";
import type { OpenPipe } from "../../src/ports/pipe.ts";
import { utf8 } from "./object-store.contract.ts";

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** Whether the promise settles before everything else has had its turn. */
async function settles(work: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setTimeout(resolve, 0, "later"));
  return (await Promise.race([work.catch(() => {}), later])) !== "later";
}

export function pipeContract(name: string, open: OpenPipe): void {
  describe(`Pipe: ${name}`, () => {
    test.each([6, null])("what is written is read, in its order and to its end (length %s)", async (length) => {
      const { readable, writable } = open(length);
      const read = new Response(readable).text();
      const writer = writable.getWriter();
      for (const piece of ["a", "bcd", "ef"]) await writer.write(utf8(piece));
      await writer.close();
      expect(await read).toBe("abcdef");
    });

    test.each([0, null])("nothing comes to its end, too (length %s)", async (length) => {
      const { readable, writable } = open(length);
      const read = new Response(readable).text();
      await writable.getWriter().close();
      expect(await read).toBe("");
    });

    test.each([3, null])(
      "a write waits until it is read, and its bytes may be reused then (length %s)",
      async (length) => {
        const { readable, writable } = open(length);
        const [reader, writer] = [readable.getReader(), writable.getWriter()];
        const bytes = utf8("abc");
        const written = writer.write(bytes);
        expect(await settles(written)).toBe(false);
        const { value } = await reader.read();
        await written;
        bytes.fill(0);
        expect(text(value)).toBe("abc");
        await Promise.all([writer.close(), reader.read()]);
      },
    );

    test.each([9, null])(
      "a writer learns that the reader has left, with a write and without (length %s)",
      async (length) => {
        const { readable, writable } = open(length);
        const [reader, writer] = [readable.getReader(), writable.getWriter()];
        const closed = writer.closed.then(
          () => "closed",
          () => "left",
        );
        const written = writer.write(utf8("abc")).then(
          () => "taken",
          () => "left",
        );
        await reader.cancel();
        expect(await written).toBe("left");
        expect(await closed).toBe("left");
        await expect(writer.write(utf8("abc"))).rejects.toThrow();
      },
    );

    test.each([9, null])("a reader learns that the writer has given up (length %s)", async (length) => {
      const { readable, writable } = open(length);
      const [reader, writer] = [readable.getReader(), writable.getWriter()];
      writer.closed.catch(() => {});
      const [first] = await Promise.all([reader.read(), writer.write(utf8("abc"))]);
      expect(text(first.value)).toBe("abc");
      const next = reader.read();
      await writer.abort(new Error("the origin broke off"));
      await expect(next).rejects.toThrow();
    });

    test("fewer bytes than were told of are no clean end", async () => {
      const { readable, writable } = open(6);
      const [reader, writer] = [readable.getReader(), writable.getWriter()];
      writer.closed.catch(() => {});
      await Promise.all([reader.read(), writer.write(utf8("abc"))]);
      // Whether the writer is told, too, is the runtime's affair.
      const closed = writer.close().catch(() => {});
      await expect(reader.read()).rejects.toThrow();
      await closed;
    });
  });
}
