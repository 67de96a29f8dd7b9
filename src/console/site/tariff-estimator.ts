import { estimate } from "../../core/pricing/estimate.ts";
import { ORIGIN_TARIFFS, originTariff } from "../../core/pricing/origin-tariffs.ts";
import { platformTariff } from "../../core/pricing/platform-tariffs.ts";
import type { Estimator } from "./estimate.ts";

/** The calculator on the price tables of today: the very functions that write the ledger. `now` in ms since the epoch. */
export function tariffEstimator(now: () => number): Estimator {
  const ids = [...new Set(ORIGIN_TARIFFS.map(({ id }) => id))];
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return {
    tariffs: ids.flatMap((id) => {
      const tariff = ORIGIN_TARIFFS.find((each) => each.id === id);
      return tariff ? [{ id, where: tariff.where }] : [];
    }),
    estimate({ tariff: id, gbPerMonth, repeatPercent, fileMegabytes, mode }) {
      const day = today();
      const tariff = originTariff(id, day);
      if (!tariff) return null;
      const wishes = {
        ...{ gbPerMonth: BigInt(Math.round(gbPerMonth)), repeatsPerMille: BigInt(Math.round(repeatPercent * 10)) },
        ...{ objectBytes: BigInt(Math.max(1, Math.round(fileMegabytes * 1e6))), mode },
      };
      const { wouldHavePaid, paidToOrigin, paidToPlatform, saved } = estimate(wishes, tariff, day);
      const sources = [...tariff.sources, ...platformTariff(day).sources];
      return {
        ...{ wouldHavePaid, paidToOrigin, paidToPlatform, saved },
        sources: sources.map(({ page, asOf, note }) => ({ page, asOf, note })),
      };
    },
  };
}
