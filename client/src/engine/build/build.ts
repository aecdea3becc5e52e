import type { Readable } from "node:stream";
import type { BuildJob, BuildRequest } from "../../ports/engine";
import type { Fault } from "../../ports/fault";
import type { Connection } from "../connect/connect";
import { registryHeader } from "../connect/registry-login";
import { request } from "../docker";
import { fault, isFault, toFault, withFaults } from "../errors";
import { imageLabel } from "../labels";
import { type BuildOutcome, readBuild, type Step } from "./build-output";
import { type Context, packContext } from "./context";
import { failedLine, missingFile } from "./dockerfile-lines";
import { hideIn, hider } from "./hide";
import { rememberImage } from "./image-store";
import { openSession } from "./session";

/**
 * Builds an image; the builder's output goes to `print` as it arrives. A canceled build leaves the images as they
 * were.
 */
export async function build(
  engine: Pick<Connection, "docker" | "buildKit" | "bridge" | "logins">,
  options: BuildRequest,
  { print, signal }: BuildJob,
): Promise<void> {
  await withFaults("build", signal, async () => {
    const context = await packContext(options.context, options.dockerfile);
    const undo = await rememberImage(engine.docker, options.tag);
    const session = engine.buildKit ? await openSession(engine.docker, engine.logins, signal) : undefined;
    const hide = hider(Object.values(options.buildArgs ?? {}));
    try {
      const query = {
        ...buildQuery(options, context),
        // Without a default network, RUN steps could not start.
        ...(!engine.bridge && { networkmode: "host" }),
        ...(session && { version: "2", session: session.id }),
      };
      const stream = await request<Readable>(engine.docker, {
        method: "POST",
        path: "/build",
        query,
        file: context.tar,
        // BuildKit requests a login when it needs one. Other builders receive all logins up front, as they do from
        // the docker command.
        headers: session ? undefined : registryHeader(await engine.logins.all()),
        signal,
        as: "stream",
      });
      const { error, step, image } = await readBuild(stream, (output) =>
        print("text" in output ? { ...output, text: hide(output.text) } : output),
      );
      judge(
        { error: error && hide(error), step: step && { ...step, text: hide(step.text) }, image },
        context.text,
      );
      signal.throwIfAborted();
    } catch (error) {
      // The image may already exist when the cancellation arrives.
      if (signal.aborted) await undo().catch(() => undefined);
      throw hideIn(error, hide);
    } finally {
      context.tar.destroy();
      session?.close();
    }
  });
}

function buildQuery(options: BuildRequest, { dockerfile }: Context): Record<string, unknown> {
  const { tag, target, buildArgs, platform, noCache, labels: more } = options;
  const query = {
    t: tag,
    dockerfile,
    target,
    buildargs: buildArgs && JSON.stringify(buildArgs),
    labels: JSON.stringify({ [imageLabel]: "true", ...more }),
    platform,
    nocache: noCache,
    // Otherwise the classic builder leaves the containers of a failed build behind.
    rm: true,
    forcerm: true,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** Throws an error if the build failed. A stream that ends with neither an image nor an error was cut off. */
function judge({ error, step, image }: BuildOutcome, dockerfile: string): void {
  if (error === undefined) {
    if (image) return;
    throw fault({ code: "engine-gone", building: true });
  }
  const line = failedLine(dockerfile, error, step);
  const known = knownFault(error, step);
  if (known) throw Object.assign(known, { line });
  const exit = exitCode.exec(error)?.[1];
  throw fault({
    code: "build-failed",
    said: error.replace(/^(failed to solve(?: with frontend [\w.]+)?: |Error: )+/, ""),
    step: exit !== undefined && step ? { text: step.text, exitCode: exit } : undefined,
    missing: missingFile(error),
    heredocs: lacksHeredocs(error, dockerfile),
    line,
  });
}

/**
 * A failure that the Dockerfile did not cause. The text of a failed command and its output prove nothing, so both are
 * ignored.
 */
function knownFault(error: string, step: Step | undefined): Fault | undefined {
  if (exitCode.test(error)) return undefined;
  // The step names the image even if the error does not.
  const text = step?.text.startsWith("FROM ") ? `${step.text}\n${error}` : error;
  const found = toFault(new Error(text), "build");
  const codes: readonly string[] = ["disk-full", "registry", "image-missing"];
  return isFault(found) && codes.includes(found.code) ? found : undefined;
}

const exitCode = /(?:exit code:|non-zero code:|exit status) (\d+)/;

/**
 * Docker's default builder before version 23 doesn't support heredocs, and the classic builder doesn't support RUN
 * --mount either.
 */
function lacksHeredocs(error: string, dockerfile: string): boolean {
  return /unknown instruction/i.test(error) && /^[ \t]*(RUN|COPY|ADD)\b.*<</im.test(dockerfile);
}
