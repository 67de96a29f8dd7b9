import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { auditRecords } from "./purge/audit-records.ts";
import { badPurges } from "./purge/bad-purges.ts";
import { largePurges } from "./purge/large-purges.ts";
import { selections } from "./purge/selections.ts";
import { softPurges } from "./purge/soft-purges.ts";

const stack = withStack();

describe("a purge of several", () => selections(stack));
describe("a soft purge", () => softPurges(stack));
describe("a purge of more than one call may do", () => largePurges(stack));
describe("the audit log", () => auditRecords(stack));
describe("what is no purge", () => badPurges(stack));
