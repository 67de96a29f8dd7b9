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

/** Queue and Cache API, which remember nothing. */
export default {
  fetch({ method }) {
    return new Response(null, { status: method === "GET" ? 504 : 204 });
  },
};
