import type { Target } from "../facts";
import { readDockerfile } from "../image/dockerfile";
import { type FileKind, kindOf, type Snapshot } from "../project";
import { readCompose } from "../run/surfaces/compose";
import { imageSubjects, runSubjects } from "../subjects";
import type { BootJudgement } from "../systemd";
import { imageFacts, unknownImage } from "./image-facts";
import { plan } from "./plan";
import type { LaunchPlan, Refusal } from "./types";

/** What a file says can be started. */
export interface Launch {
  /** Stage of a Dockerfile or service of a compose file. */
  readonly name: string;
  readonly boot: BootJudgement;
  readonly plan: LaunchPlan | Refusal;
  /** Ports from EXPOSE, as written. */
  readonly exposed: readonly string[];
}

/**
 * The launch plans of a file: for a Dockerfile that of its last stage, or of the stage `name`; for a
 * compose file that of every service in which systemd boots, or of the service `name`. `reference` is the
 * image to run where the file names none; without it `unnamedImage` stands in the renderings.
 */
export function launches(
  file: { uri: string; text: string; kind?: FileKind; snapshot: Snapshot },
  target: Target,
  { name, reference }: { name?: string; reference?: string } = {},
): Launch[] {
  const world = { ...file, target };
  const kind = file.kind ?? kindOf(file.uri, file.text);
  if (kind === "dockerfile") {
    const dockerfile = readDockerfile(file.text);
    const image = dockerfile.image(name);
    const subject = imageSubjects(world, dockerfile, [name]).find(
      ({ image: { stage } }) => stage === image?.stage,
    );
    if (!subject) return [];
    const { boot } = subject;
    return [
      {
        name: subject.image.stage,
        boot,
        plan: plan(imageFacts(subject.image, boot, reference ?? unnamedImage), target),
        exposed: subject.image.exposed,
      },
    ];
  }
  if (kind !== "compose") return [];
  const subjects = runSubjects(world);
  const wanted = name
    ? subjects.filter(({ source }) => source.name === name)
    : subjects.filter(({ boot }) => boot.boots !== "no");
  return wanted.map(({ source, boot, image }) => {
    const run = source.run.image ?? reference ?? unnamedImage;
    const facts = image ? imageFacts(image.image, boot, run) : unknownImage(run, boot.argv);
    return { name: source.name, boot, plan: plan(facts, target), exposed: image?.image.exposed ?? [] };
  });
}

/** What `name` can be: the stages of a Dockerfile by name or number, the services of a compose file. */
export function launchNames(file: {
  uri: string;
  text: string;
  kind?: FileKind;
  snapshot: Snapshot;
}): string[] {
  const kind = file.kind ?? kindOf(file.uri, file.text);
  if (kind === "dockerfile") {
    return readDockerfile(file.text).stages.map((stage, index) => stage.name ?? String(index));
  }
  if (kind !== "compose") return [];
  return readCompose(file.uri, file.text, (uri) => file.snapshot.read(uri)).runs.map(({ name }) => name);
}

/** Stands for an image that has no name yet. */
const unnamedImage = "my-systemd-image";
