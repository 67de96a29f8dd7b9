import { fakeDeadLetters } from "../fakes/dead-letters.ts";
import { deadLettersContract } from "./dead-letters.contract.ts";
import { newTenant } from "./keys.ts";

deadLettersContract("fake", async () => ({ letters: fakeDeadLetters(), tenant: newTenant() }));
