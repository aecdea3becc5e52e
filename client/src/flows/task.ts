import type { Dependencies, Job, LaunchConfiguration, Ui } from "../ports";
import { notes } from "../texts/notes";
import { notices } from "../texts/notices";
import { bootDockerfile } from "./boot-dockerfile";
import { buildDockerfile } from "./build";
import type { BuildPreset } from "./build-options";
import { isAbort, placeOf, wordsOf } from "./failure";
import { isOnDisk } from "./files";
import { launchConfiguration } from "./launch";

/** A task from tasks.json or one that is offered for a file. */
export interface TaskDefinition extends BuildPreset {
  readonly task: "build" | "boot";
  /** The path relative to the workspace folder. */
  readonly dockerfile?: string;
  /** The name of a launch configuration, which contains all other options. */
  readonly launch?: string;
}

/** The exit code that shells report for an interrupted program. */
const interrupted = 130;

/**
 * Runs a task in the same way as the corresponding command, but writes all messages to the task's terminal. Errors
 * have the form `FILE:LINE:COLUMN: error: TEXT` for the problem matcher. The user is prompted as usual. Returns the
 * exit code.
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
  // The problem matcher supports only one line per error and counts lines and columns from 1.
  const line = text.replace(/\s+/g, " ");
  write(place ? `${ui.path(place.uri)}:${place.line + 1}:1: error: ${line}\n` : `error: ${line}\n`);
  for (const each of tried) write(`  ${each}\n`);
}
