import { spawn } from "node:child_process";

/**
 * Runs the command in its arguments and takes the whole process group down, itself last, once the command has ended
 * or standard input has closed. The parent holds the other end of that pipe, so that not even `kill -9` leaves
 * orphans. To be started as the leader of a group of its own.
 */
function leash([program = "", ...args]: string[]): void {
  const command = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  command.once("error", takeDown);
  command.once("exit", takeDown);
  process.stdin.once("close", takeDown).resume();
  // Sent to the group to end the command: this process leaves after it.
  process.on("SIGTERM", () => {});
}

function takeDown(): void {
  process.kill(-process.pid, "SIGKILL");
}

leash(process.argv.slice(2));
