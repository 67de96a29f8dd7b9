import { fakeOrigin } from "../fakes/origin.ts";
import { originContract } from "./origin.contract.ts";
import { originFieldsContract } from "./origin-fields.contract.ts";
import { bodyOf, ORIGIN_SAMPLES, type OriginSample } from "./origin-samples.ts";

const BASE = "https://origin.test";

const make = () => {
  const origin = fakeOrigin();
  for (const [path, sample] of Object.entries(ORIGIN_SAMPLES)) {
    origin.answers.set(BASE + path, () => (sample.silent ? new Promise(() => {}) : scriptOf(sample)));
  }
  return { origin, base: BASE };
};

originContract("fake", make);
originFieldsContract("fake", make);

function scriptOf(sample: OriginSample) {
  const { status, cutAfter, ranges = false, stalls, chunked, closes } = sample;
  const framing = {
    ...((chunked || closes) && { "content-length": null }),
    ...(chunked && { "transfer-encoding": "chunked" }),
  };
  const body = stalls ? stalling(sample) : bodyOf(sample);
  return { status, headers: { ...framing, ...sample.headers }, ranges, body, ...(cutAfter && { cutAfter }) };
}

function stalling(sample: OriginSample): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ start: (controller) => controller.enqueue(bodyOf(sample)) });
}
