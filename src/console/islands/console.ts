import { watchCalculator } from "./calculator.ts";
import { addCopyButtons } from "./copy.ts";
import { keepFresh } from "./refresh.ts";

addCopyButtons(document);
keepFresh();
watchCalculator();
