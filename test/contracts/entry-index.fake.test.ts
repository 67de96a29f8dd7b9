import { fakeEntryIndex } from "../fakes/entry-index.ts";
import { entryIndexContract } from "./entry-index.contract.ts";

entryIndexContract("fake", fakeEntryIndex);
