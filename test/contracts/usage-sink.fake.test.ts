import { Tally } from "../../src/core/usage/tally.ts";
import { fakeUsageSink } from "../fakes/usage-sink.ts";
import { usageSinkContract } from "./usage-sink.contract.ts";

usageSinkContract("fake", () => {
  const sink = fakeUsageSink();
  return {
    sink,
    async counted() {
      const tally = new Tally();
      for (const [at, event] of sink.events.entries()) tally.add(event, sink.times[at] ?? Date.now());
      return tally.take();
    },
  };
});
