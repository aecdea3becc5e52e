import type { Span } from "../base/text";
import type { CopyInstruction, Placed } from "../image/image";
import { unitFiles } from "../image/unit-files";
import type { ImageSubject } from "../project/subject";
import { sourceOf, unitTarget } from "./image-files";
import type { Mention, Target } from "./mention";
import { unitMentions } from "./unit-mentions";
import type { FileView } from "./view";

/** The files that a Dockerfile refers to: what it copies, the units that it enables, and what it starts. */
export function dockerfileMentions(view: FileView): Mention[] {
  const stages = view.file.dockerfile?.stages ?? [];
  const found = stages.flatMap((_, stage) => {
    const subject = view.image(stage);
    return subject ? stageMentions(subject, view.text) : [];
  });
  return found.filter(
    ({ span }, index) => found.findIndex((other) => other.span.start === span.start) === index,
  );
}

function stageMentions(subject: ImageSubject, text: string): Mention[] {
  const { uri, image } = subject;
  const own = new Set(image.own.map(({ index }) => index));
  const mention = (span: Span, target: Target | undefined): Mention[] =>
    target ? [{ uri, span, target }] : [];
  const copied = image.copies
    .filter(({ index }) => own.has(index))
    .flatMap((copy) => sourcesOf(copy, text))
    .flatMap(({ value, span }) =>
      mention(span, subject.readFile(value) === undefined ? undefined : { uri: subject.fileUri(value) }),
    );
  const units = image.units
    .filter(({ instruction }) => instruction.keyword === "RUN" && own.has(instruction.index))
    .flatMap(({ unit, target, verb, span }) =>
      mention(plain(span, text), unitTarget(subject, verb === "set-default" && target ? target : unit)),
    );
  const started = [image.entrypoint, image.cmd]
    .flatMap((program) => (program && own.has(program.instruction.index) ? program.words : []))
    .flatMap((word) => argument(subject, word, text).flatMap(({ span, target }) => mention(span, target)));
  const written = unitFiles(subject)
    .filter(({ instruction }) => own.has(instruction.index))
    .flatMap(({ span, text: unit }) =>
      span ? unitMentions({ uri, text: unit, start: span.start }, [subject]) : [],
    );
  return [...copied, ...units, ...started, ...written];
}

/** The sources that a COPY takes from the build context, if they are written literally, without variables. */
function sourcesOf({ sources, fromStage, argumentsSpan }: CopyInstruction, text: string): Placed<string>[] {
  if (fromStage !== undefined) return [];
  const words = Array.from(
    text.slice(argumentsSpan.start, argumentsSpan.end).matchAll(/[^\s"',[\]]+/g),
    (found) => ({
      value: found[0],
      span: {
        start: argumentsSpan.start + found.index,
        end: argumentsSpan.start + found.index + found[0].length,
      },
    }),
  );
  return sources.flatMap((source) => words.find(({ value }) => value === source) ?? []);
}

/** A path in the image, or the target of `--unit=`. */
function argument(subject: ImageSubject, { value, span }: Placed<string>, text: string) {
  const place = plain(span, text);
  const unit = /^(?:--unit|systemd\.unit)=(.+)$/.exec(value)?.[1];
  if (unit !== undefined)
    return [{ span: { start: place.end - unit.length, end: place.end }, target: unitTarget(subject, unit) }];
  return value.startsWith("/") ? [{ span: place, target: sourceOf(subject, value) }] : [];
}

/** The span of a word without its quotes. */
function plain({ start, end }: Span, text: string): Span {
  return /^["']/.test(text.slice(start, end)) ? { start: start + 1, end: end - 1 } : { start, end };
}
