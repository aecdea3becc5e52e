import type { FaultMessage } from "../../../../server/src/verify-protocol";
import type { Dependencies, Engine, Ui, VerifyProblem } from "../../ports";
import { plain, type Text, type Translate } from "../../text";
import { buttons } from "../../texts/buttons";
import { verifyTexts } from "../../texts/verify";
import { connect } from "../connect";
import { isAbort } from "../failure";
import { buildOfService, chooseTrialBuild, type TrialBuild, withTrialImage } from "../trial-image";
import { type VerifiedImage, verifyImage } from "./verify-image";

/** An image with units, and what it is built from. */
interface ImageWithUnits extends TrialBuild {
  /** The image that a service names, for a service that builds none. */
  readonly image?: string;
}

/**
 * Builds the image of a Dockerfile or a service, has the image's systemd verify the units in it, and shows the result
 * in the Problems view and as a message. Everything that was created for it is removed. Problems of an earlier run are
 * kept only if the user cancels.
 */
export async function verifyFile(deps: Dependencies, uri: string, service?: string): Promise<void> {
  const { ui } = deps;
  const verified = service === undefined ? uri : `${uri}#${service}`;
  const what = service ?? ui.label(uri);
  try {
    const engine = await connect(deps);
    const chosen = await chooseImage(deps, engine, uri, service);
    if (!chosen) return;
    const result = "refused" in chosen ? chosen : await verifyOn(deps, engine, what, { ...chosen, uri });
    if ("refused" in result) {
      ui.showVerified(verified, []);
      return ui.tell("warning", result.refused);
    }
    ui.showVerified(verified, problemsOf(ui, result, uri));
    tellVerified(ui, what, result);
  } catch (error) {
    if (!isAbort(error)) ui.showVerified(verified, []);
    throw error;
  }
}

interface Refused {
  readonly refused: Text;
}

/** What to build or to use. Undefined if a prompt is dismissed. */
async function chooseImage(
  deps: Dependencies,
  engine: Engine,
  uri: string,
  service: string | undefined,
): Promise<ImageWithUnits | Refused | undefined> {
  const { ui, server } = deps;
  if (service === undefined) return chooseTrialBuild(deps, engine, uri);
  const answer = await server.verify({ uri, name: service, facts: engine.facts, present: [] });
  if ("refused" in answer) return { refused: plain(answer.refused) };
  const build = buildOfService(ui, answer.build);
  if (answer.build && !build) return { refused: verifyTexts.notBuilt(ui.t, service) };
  if (!build && answer.image === undefined) return { refused: verifyTexts.noImage(ui.t, service) };
  return { name: service, build, image: answer.image };
}

function verifyOn(
  deps: Dependencies,
  engine: Engine,
  what: string,
  { uri, name, build, image = "" }: ImageWithUnits & { readonly uri: string },
): Promise<VerifiedImage> {
  const { ui } = deps;
  return ui.progress(verifyTexts.verifying(ui.t, what), (report, signal) =>
    withTrialImage(deps, engine, build, { report, signal }, ({ built = image, labels }) =>
      verifyImage(
        deps,
        engine,
        { uri, name, image: built, labels },
        { known: ({ units }) => report(verifyTexts.checking(ui.t, units.length)), signal },
      ),
    ),
  );
}

function problemsOf({ t }: Ui, { faults, systemd = 0 }: VerifiedImage, uri: string): VerifyProblem[] {
  return faults.map(({ unit, says, place = startOf(uri), ofWholeUnit = false }: FaultMessage) => {
    return { place, message: verifyTexts.problem(t, unit, systemd, says), ofWholeUnit };
  });
}

/** The place of a fault in a unit whose own place is unknown. */
function startOf(uri: string): VerifyProblem["place"] {
  return { uri, line: 0, character: 0, endLine: 0, endCharacter: 0 };
}

function tellVerified(ui: Ui, what: string, result: VerifiedImage): void {
  const { faults } = result;
  const [kind, text] = noticeOf(ui.t, what, result);
  const show = { title: buttons.showProblems(ui.t), run: () => ui.showProblems() };
  ui.tell(kind, text, ...(faults.length > 0 ? [show] : []));
}

function noticeOf(
  t: Translate,
  what: string,
  { state, systemd = 0, units, faults, architecture, output }: VerifiedImage,
): [kind: "info" | "warning" | "error", text: Text] {
  switch (state) {
    case "no-units":
      return ["info", verifyTexts.noUnits(t, what)];
    case "no-systemd":
      return ["warning", verifyTexts.noSystemd(t, what)];
    case "other-architecture":
      return ["warning", verifyTexts.otherArchitecture(t, what, architecture)];
    case "not-verified": {
      const lines = output.split("\n").filter((line) => line.trim() !== "");
      return ["error", verifyTexts.broken(t, what, lines.at(-1) ?? "")];
    }
    case "verified": {
      const text = verifyTexts.verified(t, what, systemd, units.length, faults.length);
      return [faults.length > 0 ? "warning" : "info", text];
    }
  }
}
