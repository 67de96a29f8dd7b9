/** What must hold before a test is worth running: each is a command, quiet when it is content. */
export const CHECKS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "format and lint", command: ["biome", "ci", "--colors=off"] },
  { name: "types of the Workers", command: ["tsc"] },
  { name: "types of the rules, where Cloudflare does not exist", command: ["tsc", "-p", "src/core"] },
  { name: "types of the console", command: ["tsc", "-p", "src/console"] },
  { name: "types of what browsers run", command: ["tsc", "-p", "src/console/islands"] },
  { name: "types of the console's build", command: ["tsc", "-p", "src/console/build"] },
  { name: "types of the local stack", command: ["tsc", "-p", "src/dev"] },
  { name: "types of the benchmarks", command: ["tsc", "-p", "bench"] },
  { name: "types of the tests in Node", command: ["tsc", "-p", "test"] },
  { name: "types of the tests in workerd", command: ["tsc", "-p", "test/workers"] },
];
