import type { Snapshot } from "../core/base/snapshot";
import { readTarget } from "../core/lint/settings";
import { sceneOf } from "../core/logs/scene";
import { deniedProgram, isBroken } from "../core/logs/verdicts";
import {
  type ProjectUnits,
  projectUnits,
  readFaults,
  type UnitFault,
  unitsPresent,
} from "../core/logs/verified";
import type { FaultMessage, VerifyAnswer, VerifyParams } from "../verify-protocol";
import { closedDocument } from "./closed-document";
import { toPlace } from "./convert";
import type { AskedFile } from "./plan";

/**
 * The units that a file adds to its image or container or, without a file, all units of the image that are not from
 * packages. Once they are verified, also the faults in them, with their places in the project.
 */
export function answerVerify(
  { name, facts, present, verified }: VerifyParams,
  file: AskedFile | undefined,
): VerifyAnswer {
  const read = file?.snapshot.read ?? (() => undefined);
  const scene = file && sceneOf({ ...file, text: read(file.uri) ?? "", target: readTarget(facts) }, { name });
  const { paths, sources, mounted } = scene ? projectUnits(scene, present, read) : withoutFile(present);
  const { spec, build } = scene?.run?.source ?? {};
  const broken = verified?.units.find(({ output }) => isBroken(output))?.output;
  const faults = verified && broken === undefined ? readFaults(verified.units, sources) : [];
  return {
    image: spec?.image,
    build,
    paths,
    files: mounted.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
    broken,
    faults: faults
      .filter((fault) => !verified?.executable.includes(deniedProgram(fault) ?? ""))
      .map((fault) => toMessage(fault, read)),
  };
}

function withoutFile(present: readonly string[]): ProjectUnits {
  return { paths: unitsPresent(present), sources: new Map(), mounted: [] };
}

function toMessage({ unit, says, path, line, place }: UnitFault, read: Snapshot["read"]): FaultMessage {
  const text = place && read(place.uri);
  if (!place || text === undefined) return { unit, says, path, line };
  const { uri, span, ofWholeUnit } = place;
  return { unit, says, path, line, place: toPlace(closedDocument(uri, text), span), ofWholeUnit };
}
