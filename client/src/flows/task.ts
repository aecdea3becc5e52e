import type { Dependencies, Job, LaunchConfiguration, Ui } from "../ports";
import { notes } from "../texts/notes";
import { notices } from "../texts/notices";
import { bootDockerfile } from "./boot-dockerfile";
import { buildDockerfile } from "./build";
import type { BuildPreset } from "./build-options";
import { isAbort, placeOf, wordsOf } from "./failure";
import { isOnDisk } from "./files";
import { launchConfiguration } from "./launch";

/** A task of tasks.json, or one that is offered for a file. */
export interface TaskDefinition extends BuildPreset {
  readonly task: "build" | "boot";
  /** Relative to the workspace folder. */
  readonly dockerfile?: string;
  /** The name of a launch configuration, which reports everything else. */
  readonly launch?: string;
}

/** What a shell reports of a program that was interrupted. */
const interrupted = 130;

/**
 * Runs a task as its command runs, but writes to the task's terminal what would be shown elsewhere, with a line
 * `FILE:LINE:COLUMN: error: TEXT` for the problem matcher. Questions are asked as ever. Gives the exit code.
 */
export async function runTask(
  deps: Dependencies,
  definition: TaskDefinition,
  { print: write, signal }: Pick<Job, "print" | "signal">,
): Promise<number> {
  const { ui } = deps;
  let failed = false;
  const say: Ui["tell"] = (kind, text) => {
    failed ||= kind === "error";
    write(kind === "info" ? `${text}\n` : `${kind}: ${text}\n`);
  };
  const inTerminal: Dependencies = {
    ...deps,
    ui: {
      ...ui,
      print: write,
      showOutput: () => undefined,
      tell: say,
      progress: async (title, task) => {
        write(`${title}\n`);
        return task(() => undefined, signal);
      },
    },
  };
  try {
    signal.throwIfAborted();
    await start(inTerminal, definition);
  } catch (error) {
    if (isAbort(error)) {
      write(`${notes.taskCancelled(ui.t)}\n`);
      return interrupted;
    }
    failed = true;
    tellError(ui, error, write);
  }
  return failed ? 1 : 0;
}

async function start(deps: Dependencies, definition: TaskDefinition): Promise<void> {
  const { ui } = deps;
  const { task, dockerfile, launch } = definition;
  if (!ui.trusted()) {
    return ui.tell("error", notices.tasksUntrusted(ui.t));
  }
  if (task === "boot" && launch !== undefined) {
    const found = ui.launches().find(({ name }) => name === launch);
    if (found) return launchConfiguration(deps, found);
    return ui.tell("error", notices.noConfiguration(ui.t, launch));
  }
  const uri = ui.uri(ui.resolve(dockerfile ?? "Dockerfile"));
  if (!(await isOnDisk(ui, uri, "error"))) return;
  const { stage, buildArguments, platform } = definition;
  const preset: Partial<LaunchConfiguration> = { stage, buildArguments, platform };
  await (task === "build" ? buildDockerfile(deps, uri, preset) : bootDockerfile(deps, uri, preset));
}

function tellError(ui: Ui, error: unknown, write: (text: string) => void): void {
  const { message, hint, tried = [] } = wordsOf(ui.t, error);
  const text = hint === undefined ? message : `${message} ${hint}`;
  const place = placeOf(error);
  // The problem matcher knows one line; places are counted from 1 there.
  const line = text.replace(/\s+/g, " ");
  write(place ? `${ui.path(place.uri)}:${place.line + 1}:1: error: ${line}\n` : `error: ${line}\n`);
  for (const each of tried) write(`  ${each}\n`);
}
