import { cpus } from "node:os";
import { WORKERD_VERSION } from "../server/start-workerd.ts";

/** Where and with what was measured, in one line. */
export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? "unknown";
  const date = new Date().toISOString().slice(0, 10);
  return `${all.length} cores of ${model}, Node ${process.versions.node}, workerd ${WORKERD_VERSION}, ${date}`;
}
