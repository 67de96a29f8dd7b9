import { median } from "./median.ts";

/** What one round saw of one way to get what is downloaded. */
export type DeliverySample = {
  /** Of the server's process, for each request. */
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
};

/** What is told of a way. */
export type DeliveryFigures = {
  readonly name: string;
  /** What its CPU is compared with; its own name where others are compared with it. */
  readonly base: string;
  /** Of one answer's body. */
  readonly mib: number;
  readonly ratio: number;
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
  /** Its requests a second as a share of the base's, and of nginx's (`null`: no nginx here). */
  readonly ofBase: number;
  readonly ofNginx: number | null;
};

/** The medians of a way. Ratios are taken round by round before their median is: see figures.ts. */
export function deliveryFiguresOf(
  about: Pick<DeliveryFigures, "name" | "base" | "mib">,
  own: readonly DeliverySample[],
  ofBase: readonly DeliverySample[],
  ofNginx: readonly DeliverySample[] | null,
): DeliveryFigures {
  const ratioTo = (others: readonly DeliverySample[], field: keyof DeliverySample) => {
    if (own.length !== others.length) throw new Error("these were not measured in the same rounds");
    return median(own.map((sample, round) => sample[field] / (others[round]?.[field] ?? Number.NaN)));
  };
  return {
    ...about,
    ratio: ratioTo(ofBase, "cpuMicroseconds"),
    cpuMicroseconds: median(own.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    requestsPerSecond: median(own.map(({ requestsPerSecond }) => requestsPerSecond)),
    ofBase: ratioTo(ofBase, "requestsPerSecond"),
    ofNginx: ofNginx && ratioTo(ofNginx, "requestsPerSecond"),
  };
}
