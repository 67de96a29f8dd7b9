import { fakeObjectStore } from "../fakes/object-store.ts";
import { objectStoreContract } from "./object-store.contract.ts";

objectStoreContract("fake", fakeObjectStore);
