import type { DoctorResult } from "../../../server/src/protocol";
import { connect } from "../flows/connect";
import { tellFailure } from "../flows/failure";
import { buildPrinter } from "../flows/run-build";
import type { Action, Choice, Dependencies, Engine, Ui } from "../ports";
import { plain, text } from "../text";
import { buttons } from "../texts/buttons";
import { doings } from "../texts/faults";
import { labels } from "../texts/labels";
import { progress } from "../texts/progress";
import { proofDockerfile } from "../texts/proof";
import { titles } from "../texts/titles";
import { engineMarkdown, type Proven } from "../views/engine-report";

/** Shows whether the engine can run containers that boot systemd, and offers to prove it by booting one. */
export async function checkEngine(deps: Dependencies): Promise<void> {
  const { ui, server } = deps;
  const engine = await connect(deps);
  const result = await server.doctor({ engine: engine.details, reference: "IMAGE" });
  await show(deps, engine, result);
  const actions: Action[] = [];
  if (result.start) {
    actions.push({ title: buttons.verify(ui.t), run: () => proveEngine(deps, engine, result) });
  }
  ui.tell(kinds[result.verdict], text`${plain(engine.name)}: ${plain(result.summary)}`, ...actions);
}

const kinds = { boots: "info", unsure: "warning", costs: "warning", fails: "error" } as const;

function show({ ui }: Dependencies, engine: Engine, result: DoctorResult, proven?: Proven): Promise<void> {
  return ui.preview(titles.checkOf(ui.t, engine.name), engineMarkdown(ui, engine, result, proven));
}

/**
 * Boots an image that the user picks, with the options from the diagnosis, and shows the report again with the
 * result.
 */
async function proveEngine(deps: Dependencies, engine: Engine, result: DoctorResult): Promise<void> {
  const { ui } = deps;
  const { start } = result;
  const chosen = start && (await chooseImage(ui, engine));
  if (!start || !chosen) return;
  const { image, isBase } = chosen;
  try {
    const proof = await ui.progress(progress.verifying(ui.t, engine.name, image), (report, signal) =>
      engine.prove(
        { image, dockerfile: isBase ? proofDockerfile(image) : undefined, start, seconds: 90 },
        { report: (line) => report(plain(line)), print: buildPrinter(ui, report), signal },
      ),
    );
    await show(deps, engine, result, { ...proof, image });
  } catch (error) {
    tellFailure(deps, doings.prove(ui.t), error);
  }
}

interface Chosen {
  readonly image: string;
  readonly isBase: boolean;
}

/** Small base images with a known package manager. Building an image from one of them pulls it from its registry. */
const bases = ["debian:stable-slim", "ubuntu:24.04", "fedora:latest", "opensuse/leap:latest"];

/** Local images need no download. Booting one shows whether it contains systemd. */
async function chooseImage(ui: Ui, engine: Engine): Promise<Chosen | undefined> {
  const local: Choice<Chosen>[] = (await engine.images()).map(({ reference }) => ({
    label: plain(reference),
    description: labels.localImage(ui.t),
    value: { image: reference, isBase: false },
  }));
  const built: Choice<Chosen>[] = bases.map((image) => ({
    label: labels.buildFrom(ui.t, image),
    description: labels.installsSystemd(ui.t),
    value: { image, isBase: true },
  }));
  const choices = [...local, ...built];
  return ui.pick(titles.selectImageToVerify(ui.t), choices);
}
