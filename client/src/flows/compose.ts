import { serviceImage } from "../names";
import type { Composed, Dependencies, Engine, Invocation, Ui } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { titles } from "../texts/titles";
import { watchBoot } from "./boot-again";
import { connect } from "./connect";
import { rememberComposed } from "./containers";
import { isOnDisk } from "./files";

/** Builds and starts one service or all services with the Compose program of the connected engine. */
export async function composeUp(deps: Dependencies, uri: string, service?: string): Promise<void> {
  const { ui } = deps;
  if (!(await isOnDisk(ui, uri))) return;
  if (!(await wantsToStart(deps, uri, service))) return;
  const engine = await connect(deps);
  const compose = await ui.progress(progress.lookingForCompose(ui.t), (_report, signal) =>
    engine.compose(signal),
  );
  if (!compose) return tellHowToGet(deps, engine.facts.engine);
  rememberComposed(deps.memory, await bootingServices(deps, uri, service));
  deps.view.used();
  await ui.runProgram(
    titleOf(ui, uri, service),
    ui.folder(uri),
    upInvocation(compose, ui.path(uri), service),
  );
}

/**
 * Like `composeUp`, but in the background and without confirmation. Replaces the earlier container and reports how
 * the new one booted. If the build fails, Compose keeps the earlier container.
 */
export async function composeAgain(deps: Dependencies, uri: string, service?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const compose = await engine.compose(new AbortController().signal);
  if (!compose) return tellHowToGet(deps, engine.facts.engine);
  const title = titleOf(ui, uri, service);
  // Recreates the container, so that it also uses the current content of the files that it mounts.
  const options = ["--detach", "--force-recreate"];
  const exitCode = await ui.runToEnd(
    title,
    ui.folder(uri),
    upInvocation(compose, ui.path(uri), service, options),
  );
  if (exitCode !== 0) return ui.tell("warning", notices.composeFailed(ui.t, title));
  if (service === undefined || !(await watchService(deps, engine, uri, service)))
    ui.tell("info", notices.composeStarted(ui.t, title));
}

/** The services of a file that boot systemd: only the given one, or all of them. */
async function bootingServices(
  { ui, server }: Pick<Dependencies, "ui" | "server">,
  uri: string,
  service: string | undefined,
): Promise<readonly Composed[]> {
  const planOf = (name?: string) => server.plan({ uri, name, reference: serviceImage(ui.path(uri), name) });
  const names = service === undefined ? (await planOf()).stages : [service];
  const plans = await Promise.all(names.map(async (name) => ({ name, plan: await planOf(name) })));
  return plans
    .filter(({ plan }) => plan.boots !== "no")
    .map(({ name }) => ({ folder: ui.folder(uri), service: name, uri }));
}

/** Watches a service that Compose has started. False if it does not boot systemd or its container is not found. */
async function watchService(
  deps: Dependencies,
  engine: Engine,
  uri: string,
  service: string,
): Promise<boolean> {
  const { ui, memory, view } = deps;
  const [composed] = await bootingServices(deps, uri, service);
  const found = composed && (await engine.composed(composed));
  if (!found) return false;
  rememberComposed(memory, [composed]);
  const container = { ...found, uri, service };
  const title = progress.booting(ui.t, container.name);
  await watchBoot(deps, engine, { container, uri, service, title });
  // The view is refreshed when the container stops, even if the engine sends no events.
  void engine.ended(container).then(view.used, () => undefined);
  return true;
}

function titleOf(ui: Ui, uri: string, service: string | undefined): string {
  return service === undefined ? ui.label(uri) : `${ui.label(uri)}: ${service}`;
}

/** The names of the files that Compose merges by default. */
const defaultFile = /(^|[\\/])(docker-)?compose(\.override)?\.ya?ml$/;

/**
 * A `compose up` in the foreground, run in the directory of the file. The terminal shows the boot, and Ctrl+C stops
 * it.
 */
export function upInvocation(
  compose: Invocation,
  path: string,
  service?: string,
  options: readonly string[] = [],
): Invocation {
  // Only the file name, because a shorter command is easier to read in the terminal.
  const file = defaultFile.test(path) ? [] : ["--file", path.replace(/^.*[\\/]/, "")];
  const services = service === undefined ? [] : ["--", service];
  return { ...compose, args: [...compose.args, ...file, "up", ...options, "--build", ...services] };
}

/**
 * If there are findings that prevent a boot, lists them and offers to fix them first. False if the service must not
 * be started.
 */
async function wantsToStart({ ui, server }: Dependencies, uri: string, service?: string): Promise<boolean> {
  const errors = async () =>
    (await server.plan({ uri, name: service, reference: serviceImage(ui.path(uri), service) })).errors;
  const found = await errors();
  if (found.length === 0) return true;
  const title = titles.willNotBoot(ui.t, service ?? ui.label(uri), found.length);
  const answer = await ui.pick<"fix" | "show" | "start">(title, [
    {
      label: labels.fixAndStart(ui.t),
      description: labels.applyFixes(ui.t, ui.label(uri)),
      value: "fix",
    },
    { label: buttons.showProblems(ui.t), value: "show" },
    { label: labels.startAnyway(ui.t), value: "start" },
    ...found.map((error) => ({ icon: "error", label: plain(error), value: "show" as const })),
  ]);
  if (answer === "start") return true;
  if (answer === "show") await ui.showProblems();
  if (answer !== "fix") return false;
  await server.fixAll(uri);
  await ui.save(uri);
  const left = await errors();
  if (left.length === 0) return true;
  ui.tell("warning", notices.notFixed(ui.t, left.join(" ")), {
    title: buttons.showProblems(ui.t),
    run: () => ui.showProblems(),
  });
  return false;
}

function tellHowToGet({ ui }: Dependencies, engine: "docker" | "podman"): void {
  const [text, url] =
    engine === "podman"
      ? [notices.noPodmanCompose(ui.t), "https://docs.podman.io/en/latest/markdown/podman-compose.1.html"]
      : [notices.noDockerCompose(ui.t), "https://docs.docker.com/compose/install/"];
  ui.tell("error", text, { title: buttons.getCompose(ui.t), run: () => ui.browse(url) });
}
