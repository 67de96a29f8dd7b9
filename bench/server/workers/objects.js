import { FillGateObject as Gate } from "../../../src/consumer/gate.ts";
import { WithdrawalsObject as Log } from "../../../src/consumer/withdrawals.ts";

/** Calls, and rows of SQLite that they wrote. */
const counted = { gate: 0, withdrawals: 0, rows: 0 };

/** The gate as it is deployed. */
export class FillGateObject extends Gate {
  constructor(context, env) {
    countRows(context.storage);
    super(context, env);
  }
}

/** The log of withdrawals as it is deployed. */
export class WithdrawalsObject extends Log {}

countCalls(FillGateObject.prototype, Gate.prototype, "gate");
countCalls(WithdrawalsObject.prototype, Log.prototype, "withdrawals");

/** Whatever methods a class has, calls of them are counted: each is a request that is paid for, an alarm too. */
function countCalls(door, own, name) {
  for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(own))) {
    if (method === "constructor" || typeof value !== "function") continue;
    door[method] = function (...given) {
      counted[name] += 1;
      return value.apply(this, given);
    };
  }
}

let isCounting = false;

/** To set an alarm is paid for as a row. */
function countRows(storage) {
  if (isCounting) return;
  isCounting = true;
  counting(storage.sql, "exec", (cursor) => cursor.rowsWritten);
  counting(storage, "setAlarm", () => 1);
}

function counting(object, method, rowsOf) {
  const methods = Object.getPrototypeOf(object);
  const own = methods[method];
  methods[method] = function (...given) {
    const answer = own.apply(this, given);
    counted.rows += rowsOf(answer);
    return answer;
  };
}

export default {
  fetch: () => Response.json(counted),
};
