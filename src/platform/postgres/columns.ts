import { timestamp } from "drizzle-orm/pg-core";

/** A moment, with its time zone: a Date in the code. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
