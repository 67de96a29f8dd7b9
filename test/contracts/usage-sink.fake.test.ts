import { fakeUsageSink } from "../fakes/usage-sink.ts";
import { addUp, usageSinkContract } from "./usage-sink.contract.ts";

usageSinkContract("fake", () => {
  const sink = fakeUsageSink();
  return {
    sink,
    async counted() {
      const total: Record<string, number> = {};
      addUp(
        total,
        sink.events.map(({ key }) => ({ key, count: 1 })),
      );
      return total;
    },
  };
});
