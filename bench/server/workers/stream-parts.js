import { DurableObject } from "cloudflare:workers";

/** The gate of a world in which every fill is the first one, and nobody comes in between. */
export class FillGateObject extends DurableObject {
  claim() {
    return Date.now();
  }
  begin() {
    return { plan: null, url: null };
  }
  renew() {
    return true;
  }
  plan() {
    return true;
  }
  partDone() {
    return true;
  }
  dropPlan() {}
  requeue() {}
  finish() {}
}

/** Nobody ever withdrew anything. */
export class WithdrawalsObject extends DurableObject {
  read() {
    return { epoch: 0, purges: new Array(64).fill(0), purgedAt: 0 };
  }
}

/** Queue and Cache API, which remember nothing. */
export default {
  fetch({ method }) {
    return new Response(null, { status: method === "GET" ? 504 : 204 });
  },
};
