import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { badInspections } from "./inspect/bad-inspections.ts";
import { explanations } from "./inspect/explanations.ts";

const stack = withStack();

describe("the explanation of a URL", () => explanations(stack));
describe("a call that asks for no explanation", () => badInspections(stack));
