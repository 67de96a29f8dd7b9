/** The API Worker with the Durable Objects that another Worker gives it otherwise: vitest runs one Worker a project. */

export { default } from "../../../src/api/worker.ts";
export { FillGateObject } from "../../../src/consumer/gate.ts";
export { WithdrawalsObject } from "../../../src/consumer/withdrawals.ts";
