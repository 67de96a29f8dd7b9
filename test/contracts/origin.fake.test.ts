import { fakeOrigin } from "../fakes/origin.ts";
import { originContract } from "./origin.contract.ts";
import { bodyOf, ORIGIN_SAMPLES, type OriginSample } from "./origin-samples.ts";

const BASE = "https://origin.test";

originContract("fake", () => {
  const origin = fakeOrigin();
  for (const [path, sample] of Object.entries(ORIGIN_SAMPLES)) {
    origin.answers.set(BASE + path, () => (sample.silent ? new Promise(() => {}) : scriptOf(sample)));
  }
  return { origin, base: BASE };
});

function scriptOf(sample: OriginSample) {
  const headers = sample.chunked ? { ...sample.headers, "content-length": null } : { ...sample.headers };
  const ranges = sample.ranges ?? false;
  return { status: sample.status, headers, ranges, body: sample.stalls ? stalling(sample) : bodyOf(sample) };
}

function stalling(sample: OriginSample): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ start: (controller) => controller.enqueue(bodyOf(sample)) });
}
