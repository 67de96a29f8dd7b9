import { describe, expect, test } from "vitest";
import { parseRawUrl, type RawUrl } from "../../src/core/origin-url/raw-url.ts";
import type { Origin } from "../../src/ports/origin.ts";
import { bodyOf, ORIGIN_SAMPLES } from "./origin-samples.ts";

/** An origin that answers as the samples say, under `base`. */
export type OriginUnderTest = { readonly origin: Origin; readonly base: string };

/** Not every runtime's types know `min` (Streams standard). */
type MinReader = { read(view: Uint8Array<ArrayBuffer>, options: { min: number }): Promise<unknown> };

export const patient = () => AbortSignal.timeout(5_000);

export function originUrl(base: string, path: string): RawUrl {
  const url = parseRawUrl(base + path);
  if (typeof url === "string") throw new Error(`${base}${path}: ${url}`);
  return url;
}

export function originContract(name: string, make: () => OriginUnderTest): void {
  const open = (path: string, signal = patient()) => {
    const { origin, base } = make();
    return origin.open(originUrl(base, path), {}, signal);
  };
  const probe = (path: string, signal = patient()) => {
    const { origin, base } = make();
    return origin.probe(originUrl(base, path), signal);
  };
  const bytes = async (body: ReadableStream<Uint8Array> | null) =>
    new Uint8Array(await new Response(body).arrayBuffer());

  describe(`Origin: ${name}`, () => {
    describe("open", () => {
      test.each(Object.keys(ORIGIN_SAMPLES).filter((path) => !/stalls|silent|moved|cut/.test(path)))(
        "%s: status, headers and bytes as they were sent",
        async (path) => {
          const sample = ORIGIN_SAMPLES[path] ?? { status: Number.NaN };
          const answer = await open(path);
          expect(answer.status).toBe(sample.status);
          for (const [header, value] of Object.entries(sample.headers ?? {})) expect(answer.header(header)).toBe(value);
          const length = sample.chunked || sample.closes ? null : String(bodyOf(sample).length);
          expect(answer.header("content-length")).toBe(length);
          // What tells a body that has an end of its own from one that ends wherever the connection does.
          expect(answer.header("transfer-encoding")).toBe(sample.chunked ? "chunked" : null);
          expect(answer.header("x-nobody-sent-this")).toBeNull();
          expect(await bytes(answer.body)).toEqual(bodyOf(sample));
        },
      );

      test("the body can be read into a buffer of the reader's", async () => {
        const { body } = await open("/hello.txt");
        const reader = body?.getReader({ mode: "byob" });
        const first = await reader?.read(new Uint8Array(5));
        expect(new TextDecoder().decode(first?.value)).toBe("Hello");
        await reader?.cancel();
      });

      test("a redirect is an answer like any other, and is not followed", async () => {
        const answer = await open("/moved");
        expect(answer.status).toBe(302);
        expect(answer.header("location")).toBe("/hello.txt");
        await answer.body?.cancel();
      });

      test("the signal ends the wait for an answer", async () => {
        await expect(open("/silent", AbortSignal.timeout(50))).rejects.toThrow();
        await expect(open("/hello.txt", AbortSignal.abort())).rejects.toThrow();
      });

      test("the signal ends a body that does not", async () => {
        const controller = new AbortController();
        const answer = await open("/stalls", controller.signal);
        expect(answer.status).toBe(200);
        setTimeout(() => controller.abort(), 50);
        await expect(bytes(answer.body)).rejects.toThrow();
      });

      test("the signal ends a read that waits for a buffer to be full, and its reason is told", async () => {
        const controller = new AbortController();
        const { body } = await open("/stalls", controller.signal);
        const reader: MinReader | undefined = body?.getReader({ mode: "byob" });
        const waiting = reader?.read(new Uint8Array(100), { min: 100 });
        setTimeout(() => controller.abort(new Error("no longer wanted")), 50);
        await expect(waiting).rejects.toThrow("no longer wanted");
      });

      test.each(["/cut", "/cut-chunked"])("%s: a body that is cut rejects, and does not look whole", async (path) => {
        const { status, body } = await open(path);
        expect(status).toBe(200);
        await expect(bytes(body)).rejects.toThrow("Network connection lost");
      });
    });

    describe("probe", () => {
      test.each([
        ["/hello.txt", 206, "bytes 0-0/23", '"hello-1"'],
        ["/empty", 416, "bytes */0", '"empty-1"'],
        ["/whole-only", 200, null, 'W/"whole-1"'],
        ["/moved", 302, null, null],
        ["/forbidden", 403, null, null],
        ["/gone", 404, null, null],
      ])("%s: %i, Content-Range %s, ETag %s", async (path, status, contentRange, etag) => {
        expect(await probe(path)).toMatchObject({ status, contentRange, etag });
      });

      test("an answer that has no range tells its length", async () => {
        expect(await probe("/whole-only")).toMatchObject({ status: 200, contentLength: "14" });
      });

      test("does not wait for a body", async () => {
        expect(await probe("/stalls")).toMatchObject({ status: 200, contentLength: "100" });
      });

      test("the signal ends the wait for an answer", async () => {
        await expect(probe("/silent", AbortSignal.timeout(50))).rejects.toThrow();
      });
    });
  });
}
